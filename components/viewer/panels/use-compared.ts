/** The queries of a panel once more, for the earlier time that the viewer compares with. */
import { useMemo } from 'react';
import type { QueryDefinition } from '@perses-dev/core';
import { useTimeRange } from '@perses-dev/plugin-system';
import { lookBack, movedUp } from '../time/comparison';
import { usePanelsView } from './panels-view';
import { usePanelQueries, type PanelQuery, type PanelQueryOptions } from './use-panel-queries';

/** Kinds of panels that have a place for what was earlier. */
const comparable = ['TimeSeriesChart', 'StatChart'];

/** None where nothing is compared; their series moved up to the time range and named after the earlier time. */
export function useCompared(kind: string, definitions: readonly QueryDefinition[] | undefined, options: PanelQueryOptions): readonly PanelQuery[] {
  const { compare } = usePanelsView();
  const { absoluteTimeRange } = useTimeRange();
  const isOn = compare !== undefined && comparable.includes(kind);
  const back = isOn ? lookBack(compare, absoluteTimeRange) : 0;
  const queries = usePanelQueries(isOn ? definitions : undefined, { ...options, back });
  // The queries are objects anew with each render; their answers are not.
  const version = queries.map(({ updatedAt, isFetching, error }) => [updatedAt, isFetching, error !== null].join(' ')).join();
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => (compare === undefined ? queries : queries.map((query) => (query.data === undefined ? query : { ...query, data: movedUp(query.data, compare, back) }))), [version, compare, back]);
}
