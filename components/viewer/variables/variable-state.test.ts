import type { ListVariableDefinition, TextVariableDefinition } from '@perses-dev/core';
import { describe, expect, it } from 'vitest';
import { allValue } from '../url-state';
import { selectedValues, sortOptions, toggleValue, variableState } from './variable-state';

function list(spec: Partial<ListVariableDefinition['spec']> = {}): ListVariableDefinition {
  return {
    kind: 'ListVariable',
    spec: { name: 'job', allowMultiple: true, allowAllValue: true, plugin: { kind: 'StaticListVariable', spec: {} }, ...spec },
  };
}

const text = (spec: Partial<TextVariableDefinition['spec']> = {}): TextVariableDefinition => ({
  kind: 'TextVariable',
  spec: { name: 'filter', value: 'default', ...spec },
});

const options = ['a', 'b'].map((value) => ({ value, label: value.toUpperCase() }));

describe('the value that queries get', () => {
  it('is the custom value for "all" at once, without waiting for the options', () => {
    expect(variableState(list({ customAllValue: '.+' }), undefined, undefined)).toMatchObject({ value: '.+', loading: false });
  });

  it('is every option for "all" where there is no custom value, and waits for them', () => {
    expect(variableState(list(), undefined, undefined)).toMatchObject({ value: null, loading: true });
    expect(variableState(list(), [allValue], options)).toMatchObject({ value: ['a', 'b'], loading: false });
  });

  it('is what was chosen, even if it is not among the options', () => {
    expect(variableState(list(), ['b', 'gone'], options)).toMatchObject({ value: ['b', 'gone'], loading: false });
  });

  it('does not wait for the options when values were chosen', () => {
    expect(variableState(list(), ['b'], undefined)).toMatchObject({ value: ['b'], loading: false });
  });

  it('is the default of the definition when nothing was chosen', () => {
    expect(variableState(list({ defaultValue: ['b'] }), undefined, options).value).toEqual(['b']);
    expect(variableState(list({ defaultValue: 'b', allowMultiple: false }), undefined, options).value).toBe('b');
  });

  it('is the first option where "all" is not allowed and nothing was chosen', () => {
    expect(variableState(list({ allowAllValue: false }), undefined, options).value).toEqual(['a']);
    expect(variableState(list({ allowAllValue: false }), [allValue], options).value).toEqual(['a']);
  });

  it('is nothing, and waits no longer, where there are no options', () => {
    expect(variableState(list({ allowAllValue: false }), undefined, [])).toMatchObject({ value: null, loading: false });
    expect(variableState(list(), undefined, [])).toMatchObject({ value: [], loading: false });
  });

  it('is one value where only one is allowed', () => {
    expect(variableState(list({ allowMultiple: false }), ['b', 'a'], options).value).toBe('b');
  });

  it('is the text of a text variable, which a constant one does not give up', () => {
    expect(variableState(text(), ['typed'], undefined).value).toBe('typed');
    expect(variableState(text({ constant: true }), ['typed'], undefined).value).toBe('default');
  });
});

describe('clicking options of a list that allows several', () => {
  it.each([
    ['adds a value', ['a'], 'b', ['a', 'b']],
    ['takes a value away', ['a', 'b'], 'a', ['b']],
    ['replaces "all" by the value', [allValue], 'b', ['b']],
    ['replaces values by "all"', ['a', 'b'], allValue, [allValue]],
    ['goes back to "all" with the last value', ['a'], 'a', [allValue]],
  ])('%s', (_what, selected, clicked, expected) => {
    expect(toggleValue(list(), selected, clicked)).toEqual(expected);
  });

  it('keeps the last value where "all" is not allowed', () => {
    expect(toggleValue(list({ allowAllValue: false }), ['a'], 'a')).toEqual(['a']);
  });
});

it('shows "all" as selected when nothing was chosen and it is allowed', () => {
  expect(selectedValues(list(), undefined, options)).toEqual([allValue]);
});

it.each([
  ['alphabetical-asc', ['a1', 'a10', 'b2']],
  ['alphabetical-desc', ['b2', 'a10', 'a1']],
  [undefined, ['b2', 'a10', 'a1']],
])('sorts options %s', (sort, expected) => {
  const unsorted = ['b2', 'a10', 'a1'].map((value) => ({ value, label: value }));
  expect(sortOptions(unsorted, sort).map(({ value }) => value)).toEqual(expected);
});

it('sorts options by their numbers', () => {
  const unsorted = ['10', '9', '1.5'].map((value) => ({ value, label: value }));
  expect(sortOptions(unsorted, 'numerical-asc').map(({ value }) => value)).toEqual(['1.5', '9', '10']);
});
