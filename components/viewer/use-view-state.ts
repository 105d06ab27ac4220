/**
 * The viewer's state. Synchronised, it is kept in the address and nowhere else: the history is its undo, a copied
 * address its copy. Otherwise it is kept in the viewer, written the same way, and no other viewer sees it.
 */
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useHost } from '../host/HostProvider';
import { readViewState, writeViewState, type ViewState } from './url-state';

export interface View {
  readonly state: ViewState;
  /** Takes a step in the history, unless nothing changes. The function stays the same from render to render. */
  readonly change: (change: Partial<ViewState>) => void;
}

export interface ViewStateOptions {
  readonly syncToUrl: boolean;
  /**
   * Query of what is shown while nothing else was chosen (`initialSearch`). Another one starts a viewer with a state of
   * its own anew: it is about something else now.
   */
  readonly initial: string;
}

export function useViewState({ syncToUrl, initial }: ViewStateOptions): View {
  const { location, navigate } = useHost();
  const [own, setOwn] = useState({ initial, search: initial });
  const search = syncToUrl ? location.search : own.initial === initial ? own.search : initial;
  const state = useMemo(() => (syncToUrl ? overlay(readViewState(initial), readViewState(search)) : readViewState(search)), [syncToUrl, initial, search]);

  // The router tells of a new address only with the next render; a change before that starts from where this one leads.
  const latest = useRef({ location, navigate });
  useLayoutEffect(() => {
    latest.current = { location, navigate };
  }, [location, navigate]);
  const changeAddress = useCallback((part: Partial<ViewState>) => {
    const { location: from, navigate: go } = latest.current;
    const next = writeViewState(from.search, part);
    if (next !== writeViewState(from.search, {})) {
      latest.current = { location: { ...from, search: next }, navigate: go };
      go(from.pathname + next);
    }
  }, []);
  const changeOwn = useCallback(
    (part: Partial<ViewState>) =>
      setOwn((before) => {
        const next = writeViewState(before.initial === initial ? before.search : initial, part);
        return before.initial === initial && before.search === next ? before : { initial, search: next };
      }),
    [initial],
  );
  const change = syncToUrl ? changeAddress : changeOwn;

  return useMemo(() => ({ state, change }), [state, change]);
}

/** What the address says, and below it what the page asked for. */
function overlay(initial: ViewState, address: ViewState): ViewState {
  return { ...address, timeRange: address.timeRange ?? initial.timeRange, variables: { ...initial.variables, ...address.variables } };
}
