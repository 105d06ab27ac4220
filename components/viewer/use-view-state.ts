/** The viewer's state, kept in the address and nowhere else: the history is its undo, a copied address its copy. */
import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { useHost } from '../host/HostProvider';
import { readViewState, writeViewState, type ViewState } from './url-state';

export interface View {
  readonly state: ViewState;
  /** Takes a step in the history, unless nothing changes. The function stays the same from render to render. */
  readonly change: (change: Partial<ViewState>) => void;
}

export function useViewState(): View {
  const { location, navigate } = useHost();
  const state = useMemo(() => readViewState(location.search), [location.search]);

  const latest = useRef({ location, navigate });
  useLayoutEffect(() => {
    latest.current = { location, navigate };
  });
  const change = useCallback((part: Partial<ViewState>) => {
    const { pathname, search } = latest.current.location;
    const next = writeViewState(search, part);
    if (next !== writeViewState(search, {})) {
      latest.current.navigate(pathname + next);
    }
  }, []);

  return useMemo(() => ({ state, change }), [state, change]);
}
