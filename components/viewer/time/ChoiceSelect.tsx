/** One choice out of a short list, as a closed control that names it. Knows nothing of what is chosen. */
import { useState, type ReactNode } from 'react';
import { MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core';

export interface ChoiceSelectProps<Value extends string> {
  readonly id: string;
  readonly testId: string;
  /** What is chosen here, for assistive technology. */
  readonly label: string;
  /** The choice in force, in words. */
  readonly text: string;
  readonly icon?: ReactNode;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly selected: Value;
  readonly onPick: (value: Value) => void;
}

export function ChoiceSelect<Value extends string>({ id, testId, label, text, icon, choices, selected, onPick }: ChoiceSelectProps<Value>) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Select
      id={`${id}-menu`}
      isOpen={isOpen}
      selected={selected}
      onOpenChange={setIsOpen}
      shouldFocusToggleOnSelect
      onSelect={(_event, picked) => {
        setIsOpen(false);
        const choice = choices.find(({ value }) => value === picked);
        if (choice !== undefined) {
          onPick(choice.value);
        }
      }}
      popperProps={{ minWidth: 'trigger', position: 'right', appendTo: 'inline' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          id={id}
          data-testid={testId}
          icon={icon}
          isExpanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          aria-label={`${label}: ${text}`}
        >
          {text}
        </MenuToggle>
      )}
    >
      <SelectList aria-label={label} data-testid={`${testId}-options`}>
        {choices.map((choice) => (
          <SelectOption key={choice.value} value={choice.value}>
            {choice.label}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
}
