/** Choice of the earlier time that charts and figures are compared with. */
import { useId } from 'react';
import { texts } from '../../texts';
import { LabelledControl } from '../LabelledControl';
import { ChoiceSelect } from './ChoiceSelect';
import { comparisons, type Comparison } from './comparison';

const choices = [{ value: 'nothing', label: texts.time.compare.nothing } as const, ...comparisons];

export interface CompareSelectProps {
  readonly value: Comparison | undefined;
  readonly onChange: (value: Comparison | undefined) => void;
}

export function CompareSelect({ value, onChange }: CompareSelectProps) {
  const id = useId();
  const selected = value ?? 'nothing';
  return (
    <LabelledControl id={id} label={texts.time.compare.label}>
      <ChoiceSelect
        id={id}
        testId="compare"
        label={texts.time.compare.label}
        text={choices.find((choice) => choice.value === selected)?.label ?? selected}
        choices={choices}
        selected={selected}
        onPick={(picked) => onChange(picked === 'nothing' ? undefined : picked)}
      />
    </LabelledControl>
  );
}
