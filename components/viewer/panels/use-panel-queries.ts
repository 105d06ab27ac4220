/**
 * The queries of a panel. Unlike Perses's own hook, a refresh is not another query: what is known stays while newer data
 * comes, and when it cannot be had. Another time range or another choice is another query.
 */
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useQueries, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { QueryDefinition, TimeSeriesData } from '@perses-dev/core';
import {
  useAllVariableValues,
  useDatasourceStore,
  usePlugin,
  usePluginRegistry,
  useTimeRange,
  type DatasourceStore,
  type QueryData,
  type TimeSeriesQueryContext,
} from '@perses-dev/plugin-system';
import { earlier } from '../time/comparison';
import { panelQueryKey } from './panel-states';
import { stopQuery } from './stop-query';

export interface PanelQueryOptions {
  /** Whether the panel is in view. */
  readonly enabled: boolean;
  readonly mode: TimeSeriesQueryContext['mode'];
  /** Step between samples, in milliseconds, that suits the panel's width. */
  readonly suggestedStepMs: number;
  /** How long before the time range in force the queries look, in milliseconds. */
  readonly back?: number;
}

export interface PanelQuery extends QueryData<TimeSeriesData> {
  /** When its data was answered, in milliseconds since the epoch; 0 before. */
  readonly updatedAt: number;
  /** Time that the last answer took, in milliseconds. */
  readonly duration: number | undefined;
  readonly refetch: () => void;
  /** Waits no longer for the answer. */
  readonly stop: () => void;
}

interface Answer {
  readonly data: TimeSeriesData;
  readonly duration: number;
}

const kind = 'PrometheusTimeSeriesQuery';

/** Data of a view that was left is kept for this time, in case somebody goes back. In milliseconds. */
const keepFor = 60_000;

const none: readonly QueryDefinition[] = [];

export function usePanelQueries(definitions: readonly QueryDefinition[] = none, { enabled, mode, suggestedStepMs, back = 0 }: PanelQueryOptions): PanelQuery[] {
  const { timeRange, absoluteTimeRange, refreshKey } = useTimeRange();
  const variableState = useAllVariableValues();
  const datasourceStore = useDatasourceStore();
  const plugins = usePluginRegistry();
  const { data: plugin } = usePlugin('TimeSeriesQuery', kind);

  const context: TimeSeriesQueryContext = { timeRange: earlier(absoluteTimeRange, back), variableState, datasourceStore, refreshKey, suggestedStepMs, ...(mode === undefined ? {} : { mode }) };
  const queryClient = useQueryClient();
  const queries = definitions.map(({ spec }) => {
    // Built-in variables follow the time range, which is part of the key as chosen: "the last hour" is one key.
    const names = (plugin?.dependsOn?.(spec.plugin.spec, context).variables ?? []).filter((name) => !name.startsWith('__'));
    return {
      queryKey: [panelQueryKey, spec.plugin, timeRange, mode, names.map((name) => variableState[name]?.value), back],
      enabled: enabled && plugin !== undefined && !names.some((name) => variableState[name]?.loading === true),
      cacheTime: keepFor,
      queryFn: async ({ signal }: { signal?: AbortSignal }): Promise<Answer> => {
        const started = performance.now();
        const data = await (await plugins.getPlugin('TimeSeriesQuery', spec.plugin.kind)).getTimeSeriesData(spec.plugin.spec, { ...context, datasourceStore: abortable(datasourceStore, signal) });
        return { data, duration: performance.now() - started };
      },
    };
  });
  const results: UseQueryResult<Answer>[] = useQueries({ queries });

  // A refresh asks again, unless an answer is on its way: a slow backend is not asked to begin anew.
  const latest = useRef(results);
  useLayoutEffect(() => {
    latest.current = results;
  });
  const known = useRef(refreshKey);
  useEffect(() => {
    if (known.current !== refreshKey && enabled) {
      for (const { refetch, isFetching, data, error } of latest.current) {
        if (!isFetching && (data !== undefined || error !== null)) {
          void refetch({ cancelRefetch: false });
        }
      }
    }
    known.current = refreshKey;
  }, [refreshKey, enabled]);

  return results.flatMap((result, index) => {
    const definition = definitions[index];
    const query = queries[index];
    if (definition === undefined || query === undefined) {
      return [];
    }
    const { data, error, isFetching, isLoading, dataUpdatedAt, refetch } = result;
    return [
      {
        // Perses names a query by its kind of data; a dashboard file names it so as well.
        definition,
        ...(data === undefined ? {} : { data: data.data }),
        error,
        isFetching,
        isLoading,
        updatedAt: dataUpdatedAt,
        duration: data?.duration,
        refetch: () => void refetch({ cancelRefetch: false }),
        stop: () => stopQuery(queryClient, query.queryKey),
      },
    ];
  });
}

/** A client of a datasource whose requests can be ended. */
interface Abortable {
  readonly withSignal?: (signal: AbortSignal) => unknown;
}

/** The store with clients that end their requests when nobody waits for the answers any more. */
function abortable(store: DatasourceStore, signal: AbortSignal | undefined): DatasourceStore {
  return {
    ...store,
    getDatasourceClient: async <Client>(selector: Parameters<DatasourceStore['getDatasourceClient']>[0]): Promise<Client> => {
      const client = await store.getDatasourceClient<Client & Abortable>(selector);
      // `withSignal` gives a client of the same kind.
      return signal === undefined || client.withSignal === undefined ? client : (client.withSignal(signal) as Client);
    },
  };
}
