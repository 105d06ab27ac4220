/** What the queries of the panels on a page amount to. Pure. */
import type { Query } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error';

/** First part of the key of every panel's query. */
export const panelQueryKey = 'panel-query';

export interface PanelStates {
  readonly waiting: number;
  readonly failed: number;
  /** The backend cannot be reached; known until an answer says otherwise. */
  readonly isDown: boolean;
}

/** @param wasDown whether the backend was known not to answer, which another try alone does not change */
export function panelStates(queries: readonly Pick<Query, 'state'>[], wasDown: boolean): PanelStates {
  const failed = queries.filter(({ state }) => state.error !== null);
  const waiting = queries.filter(({ state }) => state.fetchStatus === 'fetching').length;
  const unavailable = failed.some(({ state }) => state.error instanceof ApiError && state.error.code === 'ERR_DATA_001');
  return { waiting, failed: failed.length, isDown: unavailable || (wasDown && waiting > 0) };
}
