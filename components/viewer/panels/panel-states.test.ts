import type { QueryState } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { ApiError } from '../../api/api-error';
import type { ErrorCode } from '../../../lib/contracts/errors';
import { panelStates } from './panel-states';

const query = (fetchStatus: QueryState['fetchStatus'], code?: ErrorCode) => ({
  // Only these two parts of a query's state are read.
  state: { fetchStatus, error: code === undefined ? null : new ApiError(code) } as QueryState,
});

it('knows that the backend is down when a panel could not reach it', () => {
  expect(panelStates([query('idle'), query('idle', 'ERR_DATA_001')], false)).toEqual({ waiting: 0, failed: 1, isDown: true });
});

it('takes no refusal for an outage', () => {
  expect(panelStates([query('idle', 'ERR_QUERY_003')], false)).toEqual({ waiting: 0, failed: 1, isDown: false });
});

it('says that it is down until another try has ended, and no longer', () => {
  expect(panelStates([query('fetching')], true).isDown).toBe(true);
  expect(panelStates([query('idle')], true).isDown).toBe(false);
  expect(panelStates([query('fetching')], false).isDown).toBe(false);
});
