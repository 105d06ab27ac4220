// @vitest-environment jsdom
import { act, cleanup } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { renderInHost } from '../testing/render';
import { useViewState, type View } from './use-view-state';

afterEach(cleanup);

function viewAt(address: string) {
  const views: View[] = [];
  function Reader() {
    views.push(useViewState());
    return null;
  }
  const { visited } = renderInHost(<Reader />, address);
  return {
    visited,
    latest: (): View => {
      const view = views.at(-1);
      if (view === undefined) {
        throw new Error('nothing was rendered');
      }
      return view;
    },
  };
}

it('opens a dashboard without touching the history', () => {
  expect(viewAt('/d').visited).toEqual([]);
});

it('takes one step in the history for each change, and follows it', () => {
  const { visited, latest } = viewAt('/d?var-job=a');
  act(() => latest().change({ timeRange: { pastDuration: '6h' } }));
  act(() => latest().change({ variables: { job: ['b'] } }));
  expect(visited).toEqual(['/d?var-job=a&start=6h', '/d?var-job=b&start=6h']);
  expect(latest().state).toMatchObject({ timeRange: { pastDuration: '6h' }, variables: { job: ['b'] } });
});

it('takes no step for a change that changes nothing', () => {
  const { visited, latest } = viewAt('/d?start=6h&viewPanelRef=%7B%22ref%22%3A%22loss%22%7D');
  act(() => latest().change({ timeRange: { pastDuration: '6h' }, panel: { ref: 'loss' } }));
  act(() => latest().change({ refreshInterval: undefined }));
  expect(visited).toEqual([]);
});

it('hands out one function for good, which knows where the viewer is by then', () => {
  const { visited, latest } = viewAt('/d');
  const first = latest().change;
  act(() => latest().change({ variables: { job: ['a'] } }));
  expect(latest().change).toBe(first);
  act(() => first({ refreshInterval: '5s' }));
  expect(visited.at(-1)).toBe('/d?var-job=a&refresh=5s');
});
