/**
 * Datasources for Perses: those of the configuration, read once from the API and reached through our proxy. A dashboard
 * cannot bring its own, and no address of a metrics backend reaches the browser.
 */
import type { FetchQueryOptions, QueryClient } from '@tanstack/react-query';
import type { GlobalDatasourceResource } from '@perses-dev/core';
import type { DatasourceApi } from '@perses-dev/dashboards';
import { datasourceProxyPath } from '../../lib/contracts/links';
import { ApiError } from '../api/api-error';
import type { ApiClient } from '../api/client';
import type { GlobalDatasource } from '../api/schemas';

/** The list, as the cache of answers keeps it. */
export function globalDatasourcesQuery(api: ApiClient): FetchQueryOptions<GlobalDatasource[]> {
  return { queryKey: ['globaldatasources'], queryFn: ({ signal }) => api.globalDatasources(signal), staleTime: Infinity };
}

/**
 * Perses's view of the datasources.
 *
 * @param api where they are listed
 * @param apiBase below which they are proxied
 * @param queryClient remembers the list, since Perses asks for it with every query
 */
export function createDatasourceApi(api: ApiClient, apiBase: string, queryClient: QueryClient): DatasourceApi {
  const list = async (): Promise<GlobalDatasourceResource[]> => {
    const found = await queryClient.fetchQuery(globalDatasourcesQuery(api));
    // The API answers Perses's resource; our schema names the part that we rely on and leaves the rest in place.
    return found as unknown as GlobalDatasourceResource[];
  };
  return {
    buildProxyUrl: ({ name }) => `${apiBase}${datasourceProxyPath(name)}`,
    getDatasource: () => Promise.resolve(undefined),
    listDatasources: () => Promise.resolve([]),
    getGlobalDatasource: async (selector) => {
      const ofKind = (await list()).filter(({ spec }) => spec.plugin.kind === selector.kind);
      const found = selector.name === undefined ? ofKind.find(({ spec }) => spec.default) : ofKind.find(({ metadata }) => metadata.name === selector.name);
      if (found === undefined) {
        throw new ApiError('ERR_DATA_002');
      }
      return found;
    },
    listGlobalDatasources: async (kind) => (await list()).filter(({ spec }) => kind === undefined || spec.plugin.kind === kind),
  };
}
