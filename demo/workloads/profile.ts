/**
 * What happens every day, and what it adds up to. A counter is the integral of a rate that nobody can write down — traffic
 * of a day with a spike in it, times the share that fails, times the share that is slow — so one day is summed up minute
 * by minute, once, and every day is that day times a weight. The total of any moment is exact and needs no running sum.
 */
import { counterStart, day, hour, jitter, minute, type Flow, type Signal } from './signal';

/** A value by the second of the day, UTC. */
export type Profile = (second: number) => number;

const minutesPerDay = day / minute;

export const at = (hours: number, minutes = 0): number => hours * hour + minutes * minute;

/** The profile as a signal: the same every day. */
export function daily(profile: Profile): Signal {
  return (time) => profile(time % day);
}

/** 0 outside, 1 inside of a part of the day; it takes `ramp` seconds to rise from `from` on, and to fall from `to` on. */
export function during(from: number, to: number, ramp: number): Profile {
  return (second) => Math.max(0, Math.min(1, (second - from) / ramp, (to + ramp - second) / ramp));
}

/** Around 1: highest at `peak` (a second of the day), lowest half a day away. */
export function diurnal(peak: number, swing: number): Profile {
  return (second) => 1 + swing * Math.cos((2 * Math.PI * (second - peak)) / day);
}

/** How much each day counts, by its number since counters began. */
export type DayWeights = Cumulative;

/** A value for each index, and the sum of all before an index. Sums are kept, so that asking again costs nothing. */
export interface Cumulative {
  readonly value: (index: number) => number;
  readonly before: (index: number) => number;
}

export function cumulative(value: (index: number) => number): Cumulative {
  const sums = [0];
  return {
    value,
    before: (index) => {
      for (let next = sums.length; next <= index; next += 1) sums.push((sums[next - 1] ?? 0) + value(next - 1));
      return sums[index] ?? 0;
    },
  };
}

export const everyDay: DayWeights = cumulative(() => 1);

/** Days that differ a little, and weekends that have `weekend` of a working day's traffic. */
export function workingDays(seed: string, weekend = 0.67): DayWeights {
  const difference = jitter(`${seed}/day`);
  // The day that counters began was a Monday.
  return cumulative((index) => (index % 7 >= 5 ? weekend : 1) * (1 + 0.06 * difference(index)));
}

/** A flow whose rate is the profile, times the weight of the day. */
export function dailyFlow(profile: Profile, weights: DayWeights = everyDay): Flow {
  const rates = Float64Array.from({ length: minutesPerDay }, (_, index) => profile((index + 0.5) * minute));
  const sums = new Float64Array(minutesPerDay + 1);
  rates.forEach((rate, index) => (sums[index + 1] = (sums[index] ?? 0) + rate * minute));
  const wholeDay = sums[minutesPerDay] ?? 0;
  return {
    rate: (time) => weights.value(Math.floor((time - counterStart) / day)) * (rates[Math.floor((time % day) / minute)] ?? 0),
    total: (time) => {
      const index = Math.floor((time - counterStart) / day);
      const second = time - counterStart - index * day;
      const past = Math.floor(second / minute);
      const today = (sums[past] ?? 0) + (rates[past] ?? 0) * (second - past * minute);
      return weights.before(index) * wholeDay + weights.value(index) * today;
    },
  };
}

/** The profile with noise of the share `share` that changes every minute. */
export function noisy(seed: string, profile: Profile, share: number): Profile {
  const noise = jitter(seed, minute);
  return (second) => profile(second) * (1 + share * noise(second));
}
