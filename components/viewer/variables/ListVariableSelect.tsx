/**
 * Choice of a list variable: one value or several, "All", and a search where the list is long. Chosen values that are
 * not among the options stay visible, so that they can be taken away.
 */
import { useState, type KeyboardEvent } from 'react';
import {
  Divider,
  MenuSearch,
  MenuSearchInput,
  MenuToggle,
  SearchInput,
  Select,
  SelectList,
  SelectOption,
  Spinner,
} from '@patternfly/react-core';
import type { ListVariableDefinition } from '@perses-dev/core';
import type { VariableOption, VariableState } from '@perses-dev/plugin-system';
import { texts } from '../../texts';
import { allValue } from '../url-state';
import { selectedValues, toggleValue } from './variable-state';

const searchFrom = 8;

export interface ListVariableSelectProps {
  readonly id: string;
  readonly testId: string;
  readonly label: string;
  readonly definition: ListVariableDefinition;
  readonly chosen: readonly string[] | undefined;
  readonly state: VariableState | undefined;
  readonly onChange: (values: readonly string[]) => void;
}

export function ListVariableSelect({ id, testId, label, definition, chosen, state, onChange }: ListVariableSelectProps) {
  const { allowAllValue, allowMultiple } = definition.spec;
  const options = state?.options ?? [];
  const isKnown = state?.options !== undefined || state?.error !== undefined;
  const selected = selectedValues(definition, chosen, options);
  const missing = selected.filter((value) => value !== allValue && !options.some((option) => option.value === value));

  const [isOpen, setIsOpen] = useState(false);
  const [search, setSearch] = useState('');
  const searchable = options.length >= searchFrom;
  const shown = options.filter((option) => option.label.toLowerCase().includes(search.trim().toLowerCase()));

  const setOpen = (open: boolean) => {
    setIsOpen(open);
    setSearch('');
  };
  const pick = (value: string) => {
    onChange(allowMultiple ? toggleValue(definition, selected, value) : [value]);
    if (!allowMultiple) {
      setOpen(false);
    }
  };
  const option = ({ value, label: text }: VariableOption, description?: string) => (
    <SelectOption key={value} value={value} hasCheckbox={allowMultiple} isSelected={selected.includes(value)} description={description}>
      {text}
    </SelectOption>
  );

  return (
    <Select
      id={`${id}-menu`}
      role="menu"
      isOpen={isOpen}
      isScrollable
      selected={[...selected]}
      onOpenChange={setOpen}
      onSelect={(_event, value) => pick(String(value))}
      popperProps={{ minWidth: 'trigger', appendTo: 'inline' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          id={id}
          data-testid={testId}
          isExpanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          aria-label={texts.viewer.variables.chosen(label, summary(selected, options))}
          icon={state?.loading === true ? <Spinner size="sm" aria-label={texts.viewer.variables.loading(label)} /> : undefined}
        >
          {summary(selected, options)}
        </MenuToggle>
      )}
    >
      {searchable && (
        <>
          <MenuSearch onKeyDown={leadToOptions}>
            <MenuSearchInput>
              <SearchInput
                ref={focus}
                value={search}
                aria-label={texts.viewer.variables.search(label)}
                onChange={(_event, value) => setSearch(value)}
                onClear={() => setSearch('')}
              />
            </MenuSearchInput>
          </MenuSearch>
          <Divider />
        </>
      )}
      <SelectList aria-label={label} data-testid={`${testId}-options`}>
        {allowAllValue && search === '' && option({ value: allValue, label: texts.common.all })}
        {shown.map((each) => option(each))}
        {missing.map((value) => option({ value, label: value }, texts.viewer.variables.notInList))}
        {shown.length === 0 && missing.length === 0 && <SelectOption isDisabled>{search !== '' ? texts.viewer.variables.noMatch : isKnown ? texts.viewer.variables.noOptions : texts.viewer.variables.loadingOptions}</SelectOption>}
      </SelectList>
    </Select>
  );
}

/** Who opens a long list can type at once. */
const focus = (input: HTMLInputElement | null): void => input?.focus({ preventScroll: true });

/** From the search to the options, which PatternFly's menu does not do itself. */
function leadToOptions(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'ArrowDown') {
    event.preventDefault();
    // The menu would go on to the second one.
    event.stopPropagation();
    event.currentTarget.parentElement?.querySelector<HTMLElement>('li :is(input, button)')?.focus();
  }
}

/** The selection in the closed control: short, because the list is one click away. */
function summary(selected: readonly string[], options: readonly VariableOption[]): string {
  const [first] = selected;
  if (first === undefined) {
    return texts.viewer.variables.none;
  }
  if (first === allValue) {
    return texts.common.all;
  }
  return selected.length === 1 ? (options.find(({ value }) => value === first)?.label ?? first) : texts.viewer.variables.several(selected.length);
}
