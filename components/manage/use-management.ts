/** The managed dashboards as the API knows them. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ManagedProjects, Management } from '../../lib/contracts/manage';
import { useApi } from '../api/ApiProvider';

export const managementKey = ['manage', 'dashboards'] as const;

/** Milliseconds between two looks: what changes in a source is seen without a reload. */
const lookEvery = 10_000;

export function useManagement(): UseQueryResult<Management> {
  const { manage } = useApi();
  return useQuery({ queryKey: managementKey, queryFn: ({ signal }) => manage.list(signal), staleTime: 0, refetchInterval: lookEvery });
}

/** Where the person may change dashboards; nowhere for most. */
export function useManagedProjects(): UseQueryResult<ManagedProjects> {
  const { manage } = useApi();
  return useQuery({ queryKey: ['manage', 'projects'], queryFn: ({ signal }) => manage.projects(signal) });
}
