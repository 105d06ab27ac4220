/**
 * The API for the components below: its client, one cache of its answers, and a prompt when the session has ended.
 */
import { createContext, useContext, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { QueryClientProvider, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Dashboard } from '../../lib/contracts/dashboard';
import type { Me } from '../../lib/contracts/identity';
import type { PlatformStatus } from '../../lib/contracts/status';
import { SessionEnded } from '../feedback/SessionEnded';
import { useHost } from '../host/HostProvider';
import { createApiCache, type ApiCache } from './api-cache';
import { createApiClient, type ApiClient } from './client';

const ApiContext = createContext<ApiClient | undefined>(undefined);

interface ApiProviderProps {
  /** A cache that several trees share; this tree has its own without it. */
  readonly cache?: ApiCache;
  readonly children: ReactNode;
}

export function ApiProvider({ cache, children }: ApiProviderProps) {
  const { apiBase } = useHost();
  const [own] = useState(createApiCache);
  const { queryClient, subscribe, hasSessionEnded } = cache ?? own;
  const sessionEnded = useSyncExternalStore(subscribe, hasSessionEnded, hasSessionEnded);
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

/** Milliseconds between two looks at the state of the platform while a page that shows it is in front. */
const statusEvery = 60_000;

export function usePlatformStatus(): UseQueryResult<PlatformStatus> {
  const api = useApi();
  return useQuery({ queryKey: ['status'], queryFn: ({ signal }) => api.status(signal), refetchInterval: statusEvery });
}

/** Milliseconds between two looks whether a dashboard that is open was changed; none while its page is not in front. */
const lookEvery = 5_000;

export function useDashboard(project: string, name: string): UseQueryResult<Dashboard> {
  const api = useApi();
  return useQuery({ queryKey: ['dashboard', project, name], queryFn: ({ signal }) => api.dashboard(project, name, signal), refetchInterval: lookEvery });
}
