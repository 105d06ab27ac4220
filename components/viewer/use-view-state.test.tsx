// @vitest-environment jsdom
import { act, cleanup } from '@testing-library/react';
import { useLayoutEffect, useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { renderInHost } from '../testing/render';
import { useViewState, type View, type ViewStateOptions } from './use-view-state';

afterEach(cleanup);

function viewAt(address: string, options: ViewStateOptions = { syncToUrl: true, initial: '' }) {
  const views: View[] = [];
  function Reader() {
    views.push(useViewState(options));
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

it('loses nothing when two changes come before the router tells of the first', () => {
  const { visited, latest } = viewAt('/d');
  act(() => {
    latest().change({ timeRange: { pastDuration: '6h' } });
    latest().change({ variables: { job: ['a'] } });
  });
  expect(visited).toEqual(['/d?start=6h', '/d?start=6h&var-job=a']);
  act(() => latest().change({ refreshInterval: '5s' }));
  expect(visited.at(-1)).toBe('/d?start=6h&var-job=a&refresh=5s');
});

it('shows first what the page asked for, beneath what the address says', () => {
  const { latest } = viewAt('/d?var-job=a', { syncToUrl: true, initial: '?start=6h&var-job=b&var-namespace=x' });
  expect(latest().state).toMatchObject({ timeRange: { pastDuration: '6h' }, variables: { job: ['a'], namespace: ['x'] } });
});

describe('a viewer that keeps its own state', () => {
  it('neither reads the address nor changes it', () => {
    const { visited, latest } = viewAt('/d?var-job=a&start=24h', { syncToUrl: false, initial: '?var-model=bert' });
    expect(latest().state).toMatchObject({ timeRange: undefined, variables: { model: ['bert'] } });
    act(() => {
      latest().change({ timeRange: { pastDuration: '6h' } });
      latest().change({ panel: { ref: 'latency' } });
    });
    expect(latest().state).toEqual({ timeRange: { pastDuration: '6h' }, refreshInterval: undefined, variables: { model: ['bert'] }, panel: { ref: 'latency' }, compare: undefined, events: undefined, kiosk: false });
    expect(visited).toEqual([]);
  });

  it('does not share it with the next one', () => {
    const views: View[] = [];
    function Reader({ index }: { readonly index: number }) {
      const view = useViewState({ syncToUrl: false, initial: '' });
      useLayoutEffect(() => {
        views[index] = view;
      });
      return null;
    }
    renderInHost([<Reader key={0} index={0} />, <Reader key={1} index={1} />], '/d');
    act(() => views[0]?.change({ variables: { job: ['a'] } }));
    expect(views.map(({ state }) => state.variables)).toEqual([{ job: ['a'] }, {}]);
  });

  it('starts anew when the page is about something else', () => {
    const views: View[] = [];
    let about: (initial: string) => void = () => undefined;
    function Reader() {
      const [initial, setInitial] = useState('?var-model=a');
      const view = useViewState({ syncToUrl: false, initial });
      useLayoutEffect(() => {
        about = setInitial;
        views.push(view);
      }, [view]);
      return null;
    }
    renderInHost(<Reader />, '/d');
    act(() => views.at(-1)?.change({ variables: { version: ['1'] } }));
    act(() => about('?var-model=b'));
    expect(views.at(-1)?.state.variables).toEqual({ model: ['b'] });
    act(() => views.at(-1)?.change({ variables: { version: ['2'] } }));
    expect(views.at(-1)?.state.variables).toEqual({ model: ['b'], version: ['2'] });
  });
});
