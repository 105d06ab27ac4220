/** How long things take: log-normal times with a median that follows the day, counted into the buckets of a histogram. */
import { dailyFlow, type DayWeights, type Profile } from './profile';
import type { Signal } from './signal';

export interface Distribution {
  readonly median: Profile;
  /** Standard deviation of the logarithm. */
  readonly sigma: number;
}

/** Totals of a histogram, as an exporter has them. */
export interface Histogram {
  /** Ascending; the count of what is not above the bound. */
  readonly buckets: readonly { readonly bound: number; readonly total: Signal }[];
  readonly count: Signal;
  readonly sum: Signal;
}

/** 99 % of a normal distribution lie below this many standard deviations. */
const sigmas99 = 2.326;

/** The distribution with a median and a 99th percentile, both times `factor`. */
export function between(median: number, p99: number, factor: Profile = () => 1): Distribution {
  return { median: (second) => median * factor(second), sigma: Math.log(p99 / median) / sigmas99 };
}

/** The normal distribution's cumulative function; its error is below 1e-7 (Abramowitz and Stegun 26.2.17). */
function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) *
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}

/** Share that is not above `bound`. */
export function shareBelow({ median, sigma }: Distribution, bound: number): Profile {
  return (second) => normal(Math.log(bound / median(second)) / sigma);
}

/** Whole events: floors of totals that only grow only grow too, and stay in the order of the bounds. */
const whole = (total: Signal): Signal => (time) => Math.floor(total(time));

/** What a histogram of events at `rate` with the given distribution has counted. */
export function histogram(rate: Profile, weights: DayWeights, distribution: Distribution, bounds: readonly number[]): Histogram {
  const { median, sigma } = distribution;
  const meanOverMedian = Math.exp((sigma * sigma) / 2);
  const sum = dailyFlow((second) => rate(second) * median(second) * meanOverMedian, weights);
  return {
    buckets: bounds.map((bound) => {
      const share = shareBelow(distribution, bound);
      return { bound, total: whole(dailyFlow((second) => rate(second) * share(second), weights).total) };
    }),
    count: whole(dailyFlow(rate, weights).total),
    sum: sum.total,
  };
}
