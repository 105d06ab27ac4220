/** Whether the metrics backend answers, by what the panels got from it. */
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { panelQueryKey, panelStates, type PanelStates } from './panel-states';

const unknown: PanelStates = { waiting: 0, failed: 0, isDown: false };

/** The states of the panels that are on the page. */
export function usePanelStates(): PanelStates {
  const queryClient = useQueryClient();
  const last = useRef(unknown);
  const read = useCallback(() => {
    const next = panelStates(queryClient.getQueryCache().findAll({ queryKey: [panelQueryKey], type: 'active' }), last.current.isDown);
    if (next.waiting !== last.current.waiting || next.failed !== last.current.failed || next.isDown !== last.current.isDown) {
      last.current = next;
    }
    return last.current;
  }, [queryClient]);
  const subscribe = useCallback((onChange: () => void) => queryClient.getQueryCache().subscribe(onChange), [queryClient]);
  return useSyncExternalStore(subscribe, read, () => unknown);
}
