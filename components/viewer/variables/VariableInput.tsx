/** One variable of the toolbar, by the kind of its definition. */
import { TextInput } from '@patternfly/react-core';
import type { TextVariableDefinition, VariableDefinition } from '@perses-dev/core';
import type { VariableState } from '@perses-dev/plugin-system';
import { useId, useState } from 'react';
import { ListVariableSelect } from './ListVariableSelect';
import { selectedValues } from './variable-state';
import { LabelledControl } from '../LabelledControl';

export interface VariableInputProps {
  readonly definition: VariableDefinition;
  /** Values of the address, if any. */
  readonly chosen: readonly string[] | undefined;
  /** Its options, and whether they are still loading. */
  readonly state: VariableState | undefined;
  readonly onChange: (values: readonly string[]) => void;
}

export function VariableInput({ definition, chosen, state, onChange }: VariableInputProps) {
  const id = useId();
  const { name, display } = definition.spec;
  if (display?.hidden === true) {
    return null;
  }
  const label = display?.name ?? name;
  const testId = `variable-${name}`;
  return (
    <LabelledControl id={id} label={label}>
      {definition.kind === 'ListVariable' ? (
        <ListVariableSelect id={id} testId={testId} label={label} definition={definition} chosen={chosen} state={state} onChange={onChange} />
      ) : (
        // A new key when the address changes, so that going back shows the text of that step.
        <TextVariableInput key={chosen?.[0]} id={id} testId={testId} definition={definition} chosen={chosen} onChange={onChange} />
      )}
    </LabelledControl>
  );
}

interface TextVariableInputProps extends Omit<VariableInputProps, 'state'> {
  readonly id: string;
  readonly testId: string;
  readonly definition: TextVariableDefinition;
}

function TextVariableInput({ id, testId, definition, chosen, onChange }: TextVariableInputProps) {
  const [current = ''] = selectedValues(definition, chosen, undefined);
  const [text, setText] = useState(current);
  const apply = () => {
    if (text !== current) {
      onChange([text]);
    }
  };
  return (
    <TextInput
      id={id}
      data-testid={testId}
      aria-labelledby={`${id}-label`}
      value={text}
      {...(definition.spec.constant === true ? { readOnlyVariant: 'default' as const } : {})}
      onChange={(_event, value) => setText(value)}
      onBlur={apply}
      onKeyDown={({ key }) => {
        if (key === 'Enter') {
          apply();
        }
      }}
    />
  );
}
