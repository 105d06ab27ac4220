/** Ends the waiting for a query's answer. Viewers on one page share answers: what another one waits for goes on. */
import type { QueryClient, QueryKey } from '@tanstack/react-query';

export function stopQuery(queryClient: QueryClient, queryKey: QueryKey): void {
  const query = queryClient.getQueryCache().find({ queryKey });
  if (query?.getObserversCount() === 1) {
    void query.cancel({ revert: true });
  }
}
