// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ListVariableDefinition } from '@perses-dev/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { allValue } from '../url-state';
import { ListVariableSelect } from './ListVariableSelect';

afterEach(cleanup);

interface Setting {
  readonly spec?: Partial<ListVariableDefinition['spec']>;
  readonly chosen?: readonly string[];
  readonly values?: readonly string[];
}

function open({ spec = {}, chosen, values = ['a', 'b'] }: Setting = {}) {
  const onChange = vi.fn<(values: readonly string[]) => void>();
  const definition: ListVariableDefinition = {
    kind: 'ListVariable',
    spec: { name: 'job', allowMultiple: true, allowAllValue: true, plugin: { kind: 'StaticListVariable', spec: {} }, ...spec },
  };
  const state = { value: null, loading: false, options: values.map((value) => ({ value, label: value })) };
  render(<ListVariableSelect id="job" testId="variable-job" label="Training job" definition={definition} chosen={chosen} state={state} onChange={onChange} />);
  return { onChange, toggle: screen.getByRole('button', { name: /^Training job/ }) };
}

describe('the choice of a variable', () => {
  it('tells what is chosen without opening it', () => {
    expect(open().toggle.textContent).toBe('All');
    cleanup();
    expect(open({ chosen: ['a'] }).toggle.textContent).toBe('a');
    cleanup();
    expect(open({ chosen: ['a', 'b'] }).toggle.textContent).toBe('2 selected');
  });

  it('is worked with the keyboard alone', async () => {
    const user = userEvent.setup();
    const { onChange, toggle } = open();
    toggle.focus();
    await user.keyboard('{Enter}');
    const box = await screen.findByRole('checkbox', { name: 'b' });
    box.focus();
    await user.keyboard(' ');
    expect(onChange).toHaveBeenCalledWith(['b']);
  });

  it('adds a second value for comparison', async () => {
    const user = userEvent.setup();
    const { onChange, toggle } = open({ chosen: ['a'] });
    await user.click(toggle);
    await user.click(await screen.findByRole('checkbox', { name: 'b' }));
    expect(onChange).toHaveBeenCalledWith(['a', 'b']);
  });

  it('keeps a value that is not offered any more in sight, so that it can be taken away', async () => {
    const user = userEvent.setup();
    const { onChange, toggle } = open({ chosen: ['gone'] });
    await user.click(toggle);
    await user.click(await screen.findByRole('checkbox', { name: /gone/ }));
    expect(onChange).toHaveBeenCalledWith([allValue]);
  });

  it('searches a long list', async () => {
    const user = userEvent.setup();
    const { toggle } = open({ values: Array.from({ length: 12 }, (_, index) => `job-${index}`) });
    await user.click(toggle);
    await user.type(await screen.findByRole('textbox', { name: 'Search Training job' }), 'JOB-1');
    expect(screen.getAllByRole('checkbox').map((box) => box.closest('li')?.textContent)).toEqual(['job-1', 'job-10', 'job-11']);
  });

  it('can be searched at once when it is opened, and arrows lead from there to what was found', async () => {
    const user = userEvent.setup();
    const { onChange, toggle } = open({ values: ['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'b4', 'b5'] });
    toggle.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Search Training job'));
    await user.keyboard('b{ArrowDown}{ArrowDown}');
    await user.keyboard(' ');
    expect(onChange).toHaveBeenCalledWith(['b2']);
  });

  it('says so when there is nothing to choose from', async () => {
    const user = userEvent.setup();
    const { toggle } = open({ values: [], spec: { allowAllValue: false } });
    expect(toggle.textContent).toBe('None');
    await user.click(toggle);
    expect(await screen.findByText('Nothing to choose from')).toBeDefined();
  });

  it('takes one value where only one is allowed', async () => {
    const user = userEvent.setup();
    const { onChange, toggle } = open({ chosen: ['a'], spec: { allowMultiple: false } });
    await user.click(toggle);
    await user.click(await screen.findByText('b'));
    expect(onChange).toHaveBeenCalledWith(['b']);
  });
});
