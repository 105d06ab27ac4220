/** A project's summary, asked for again every 30 s while someone can see it. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Summary } from '../../lib/contracts/summary';
import { ApiError } from '../api/api-error';
import { useApi } from '../api/ApiProvider';

const interval = 30_000;

export function useSummary(namespace: string): UseQueryResult<Summary> {
  const api = useApi();
  return useQuery({
    queryKey: ['summary', namespace],
    queryFn: ({ signal }) => api.summary(namespace, signal),
    // A hidden page does not ask, and catches up when it is seen again.
    refetchInterval: (_data, { state }) => (isFinal(state.error) ? false : interval),
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: true,
  });
}

/** Whether asking again cannot help: the caller has no access, or is not signed in. */
export function isFinal(error: unknown): boolean {
  return error instanceof ApiError && /^ERR_(?:AUTH|ACCESS)_/.test(error.code);
}
