/** The feature store's views: how old what they serve is. One of them cannot be renewed at night. Knows no metric name. */
import { at } from './profile';
import { clamp, day, minute, type Signal } from './signal';

export interface FeatureView {
  readonly namespace: string;
  readonly project: string;
  readonly name: string;
  /** Seconds since it was last materialized. */
  readonly freshness: Signal;
  readonly succeeded: Signal;
  readonly failed: Signal;
}

/** Materialized every half hour, ten minutes past; between midnight and four, the merchants' registry is closed. */
const every = 30 * minute;

function featureView(name: string, closed: readonly [number, number] | undefined): FeatureView {
  const isClosed = (time: number) => closed !== undefined && time % day >= closed[0] && time % day < closed[1];
  const last = (time: number) => {
    let done = Math.floor((time - 10 * minute) / every) * every + 10 * minute;
    while (isClosed(done)) done -= every;
    return done;
  };
  const runs = (time: number) => Math.floor((time - 10 * minute) / every);
  const failedRuns = (time: number) => {
    if (closed === undefined) return 0;
    const perDay = (closed[1] - closed[0]) / every;
    const today = clamp(Math.floor(((time % day) - closed[0] - 10 * minute) / every) + 1, 0, perDay);
    return Math.floor(time / day) * perDay + today;
  };
  return {
    namespace: 'fraud-detection',
    project: 'fraud',
    name,
    freshness: (time) => Math.round(time - last(time)),
    succeeded: (time) => runs(time) - failedRuns(time),
    failed: failedRuns,
  };
}

export const featureViews: readonly FeatureView[] = [
  featureView('transaction_stats', undefined),
  featureView('merchant_risk', [0, at(4)]),
  featureView('account_profile', undefined),
];
