/**
 * From a variable's definition, what a person chose and the options there are, to the value that queries get. Pure.
 *
 * A chosen value is never replaced because it is not among the options: a shared link keeps saying what was asked for,
 * and the server decides what comes back.
 */
import type { ListVariableDefinition, VariableDefinition, VariableValue } from '@perses-dev/core';
import type { VariableOption, VariableState } from '@perses-dev/plugin-system';
import { allValue } from '../url-state';

/**
 * What is selected, as a person sees it: `[allValue]`, values, or nothing while there is nothing to choose from.
 *
 * @param chosen values of the address, if any
 * @param options the options, or undefined until they are known
 */
export function selectedValues(
  definition: VariableDefinition,
  chosen: readonly string[] | undefined,
  options: readonly VariableOption[] | undefined,
): readonly string[] {
  if (definition.kind === 'TextVariable') {
    const text = definition.spec.constant === true ? undefined : chosen?.[0];
    return [text ?? definition.spec.value];
  }
  const { allowAllValue, allowMultiple, defaultValue } = definition.spec;
  const wanted = chosen === undefined || chosen.length === 0 ? asList(defaultValue) : chosen;
  if (allowAllValue && (wanted.includes(allValue) || wanted.length === 0)) {
    return [allValue];
  }
  const values = wanted.filter((value) => value !== allValue);
  const first = values[0] ?? options?.[0]?.value;
  if (first === undefined) {
    return [];
  }
  return allowMultiple && values.length > 0 ? values : [first];
}

/** The state that Perses replaces variables by; `loading` holds back the queries that depend on it. */
export function variableState(
  definition: VariableDefinition,
  chosen: readonly string[] | undefined,
  options: readonly VariableOption[] | undefined,
): VariableState {
  const selected = selectedValues(definition, chosen, options);
  const [first] = selected;
  if (definition.kind === 'TextVariable') {
    return { value: first ?? '', loading: false };
  }
  const offered = { options: [...(options ?? [])] };
  if (first === allValue) {
    const { customAllValue } = definition.spec;
    return customAllValue === undefined
      ? { ...offered, value: options?.map(({ value }) => value) ?? null, loading: options === undefined }
      : { ...offered, value: customAllValue, loading: false };
  }
  if (first === undefined) {
    return { ...offered, value: null, loading: options === undefined };
  }
  return { ...offered, value: definition.spec.allowMultiple ? [...selected] : first, loading: false };
}

/**
 * The selection after a click on one option of a list that allows several. "All" stands alone, and an empty selection
 * is "all" where that is allowed.
 */
export function toggleValue(definition: ListVariableDefinition, selected: readonly string[], clicked: string): readonly string[] {
  if (clicked === allValue) {
    return [allValue];
  }
  const rest = selected.filter((value) => value !== allValue && value !== clicked);
  const next = selected.includes(clicked) ? rest : [...rest, clicked];
  if (next.length > 0) {
    return next;
  }
  return definition.spec.allowAllValue ? [allValue] : selected;
}

/** Options in the order that the definition asks for. */
export function sortOptions(options: readonly VariableOption[], sort: string | undefined): readonly VariableOption[] {
  const [by, direction] = [sort?.replace(/-(asc|desc)$/, ''), sort?.endsWith('-desc') === true ? -1 : 1];
  switch (by) {
    case 'alphabetical':
    case 'alphabetical-ci': {
      const { compare } = new Intl.Collator('en', { sensitivity: by === 'alphabetical' ? 'variant' : 'accent' });
      return [...options].sort((a, b) => direction * compare(a.label, b.label));
    }
    case 'numerical':
      return [...options].sort((a, b) => direction * (Number.parseFloat(a.label) - Number.parseFloat(b.label)));
    default:
      return options;
  }
}

function asList(value: VariableValue | undefined): readonly string[] {
  if (value === undefined || value === null || value === '') {
    return [];
  }
  return typeof value === 'string' ? [value] : value;
}
