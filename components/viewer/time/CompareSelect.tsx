/** Choice of the earlier time that charts and figures are compared with. */
import { useId } from 'react';
import { LabelledControl } from '../LabelledControl';
import { ChoiceSelect } from './ChoiceSelect';
import { comparisons, type Comparison } from './comparison';

const choices = [{ value: 'nothing', label: 'Nothing' } as const, ...comparisons];

export interface CompareSelectProps {
  readonly value: Comparison | undefined;
  readonly onChange: (value: Comparison | undefined) => void;
}

export function CompareSelect({ value, onChange }: CompareSelectProps) {
  const id = useId();
  const selected = value ?? 'nothing';
  return (
    <LabelledControl id={id} label="Compare with">
      <ChoiceSelect
        id={id}
        testId="compare"
        label="Compare with"
        text={choices.find((choice) => choice.value === selected)?.label ?? selected}
        choices={choices}
        selected={selected}
        onPick={(picked) => onChange(picked === 'nothing' ? undefined : picked)}
      />
    </LabelledControl>
  );
}
