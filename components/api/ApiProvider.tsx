/**
 * One cache of API answers per mounted tree, and the one place that notices that the session has ended, whoever asked:
 * our own calls or a Perses panel.
 */
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { QueryCache, QueryClient, QueryClientProvider, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Dashboard } from '../../lib/contracts/dashboard';
import type { Me } from '../../lib/contracts/identity';
import { SessionEnded } from '../feedback/SessionEnded';
import { useHost } from '../host/HostProvider';
import { createApiClient, type ApiClient } from './client';
import { ApiError } from './api-error';

const ApiContext = createContext<ApiClient | undefined>(undefined);

export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const { apiBase } = useHost();
  const [sessionEnded, setSessionEnded] = useState(false);
  const [queryClient] = useState(() => createQueryClient(() => setSessionEnded(true)));
  const api = useMemo(() => createApiClient(apiBase), [apiBase]);

  return (
    <ApiContext.Provider value={api}>
      <QueryClientProvider client={queryClient}>
        {children}
        {sessionEnded && <SessionEnded />}
      </QueryClientProvider>
    </ApiContext.Provider>
  );
}

export function useApi(): ApiClient {
  const api = useContext(ApiContext);
  if (api === undefined) {
    throw new Error('A component of this app was rendered outside ApiProvider.');
  }
  return api;
}

export function useMe(): UseQueryResult<Me> {
  const api = useApi();
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => api.me(signal) });
}

export function useDashboards(): UseQueryResult<Dashboard[]> {
  const api = useApi();
  return useQuery({ queryKey: ['dashboards'], queryFn: ({ signal }) => api.dashboards(signal) });
}

export function useDashboard(project: string, name: string): UseQueryResult<Dashboard> {
  const api = useApi();
  return useQuery({ queryKey: ['dashboard', project, name], queryFn: ({ signal }) => api.dashboard(project, name, signal) });
}

function createQueryClient(onSessionEnded: () => void): QueryClient {
  return new QueryClient({
    // What fails is said on the page; the console is for defects.
    logger: { log: ignore, warn: ignore, error: ignore },
    queryCache: new QueryCache({
      onError: (error) => {
        if (isSessionEnded(error)) {
          onSessionEnded();
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // Panels refresh on their own clock; a switch between windows is no reason to ask for everything again.
        refetchOnWindowFocus: false,
        // The API's refusals do not change by asking again; a network failure may.
        retry: (failures, error) => failures < 1 && !isRefusal(error),
      },
    },
  });
}

const ignore = (): void => undefined;

/** HTTP status of an error that a Perses plugin threw (`UserFriendlyError` and `FetchError` carry one). */
function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}

function isSessionEnded(error: unknown): boolean {
  return error instanceof ApiError ? error.code === 'ERR_AUTH_001' : statusOf(error) === 401;
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiError ? error.code !== 'ERR_DATA_001' : (statusOf(error) ?? 500) < 500;
}
