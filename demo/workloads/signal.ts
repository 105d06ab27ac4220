/**
 * Values as functions of time, from which the demo's workloads are made. Pure and seeded: the same time always has the
 * same value, so that history written in advance and values scraped live are one curve. Knows no metric.
 */

/** A value at a time, in seconds since the epoch. `NaN` where there is none: what it describes is not there at that time. */
export type Signal = (time: number) => number;

/** A rate and what it adds up to: `total` never falls and its slope is `rate`. */
export interface Flow {
  /** Per second. */
  readonly rate: Signal;
  readonly total: Signal;
}

export const minute = 60;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Counters are zero here: a Monday, far enough back that none is near zero in the demo. */
export const counterStart = Date.UTC(2024, 0, 1) / 1000;

/** 32-bit FNV-1a of a text. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** Random numbers in [0, 1) by position: the n-th of a seed, without the ones before it (MurmurHash3's finalizer). */
export function random(seed: string): (index: number) => number {
  const base = hashText(seed);
  return (index) => {
    let hash = (base + Math.imul(index | 0, 0x9e3779b1)) >>> 0;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** Noise in [-1, 1] that is drawn anew every `period` seconds. */
export function jitter(seed: string, period = 1): Signal {
  const draw = random(seed);
  return (time) => 2 * draw(Math.floor(time / period)) - 1;
}

/** Noise in [-1, 1] that wanders smoothly from one random value to the next within `period` seconds. */
export function drift(seed: string, period: number): Signal {
  const draw = random(seed);
  return (time) => {
    const position = time / period;
    const index = Math.floor(position);
    const blend = (1 - Math.cos(Math.PI * (position - index))) / 2;
    return 2 * (draw(index) * (1 - blend) + draw(index + 1) * blend) - 1;
  };
}

/** A sine in [-1, 1] with a seeded phase. */
export function wave(seed: string, period: number): Signal {
  const phase = random(seed)(0) * 2 * Math.PI;
  return (time) => Math.sin((2 * Math.PI * time) / period + phase);
}

/** One swing of a flow: its share of the mean, and how long it takes. */
export interface Swing {
  readonly share: number;
  readonly period: number;
}

/**
 * A flow of `mean` per second with sines on top. Sines, because their integral is exact: the total needs no running sum.
 *
 * @param swings their shares add up to less than 1, so that the rate stays above zero
 */
export function flow(seed: string, mean: number, swings: readonly Swing[]): Flow {
  const draw = random(seed);
  const sines = swings.map(({ share, period }, index) => ({
    amplitude: mean * share,
    angular: (2 * Math.PI) / period,
    phase: draw(index) * 2 * Math.PI,
  }));
  const antiderivative: Signal = (time) =>
    sines.reduce((sum, { amplitude, angular, phase }) => sum - (amplitude / angular) * Math.cos(angular * time + phase), mean * time);
  return {
    rate: (time) => sines.reduce((sum, { amplitude, angular, phase }) => sum + amplitude * Math.sin(angular * time + phase), mean),
    total: (time) => antiderivative(time) - antiderivative(counterStart),
  };
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Rounds a signal as an exporter would print it. */
export function rounded(signal: Signal, decimals = 0): Signal {
  const factor = 10 ** decimals;
  return (time) => Math.round(signal(time) * factor) / factor;
}

/** Adds flows up. */
export function sumOfFlows(flows: readonly Flow[]): Flow {
  return {
    rate: (time) => flows.reduce((sum, { rate }) => sum + rate(time), 0),
    total: (time) => flows.reduce((sum, { total }) => sum + total(time), 0),
  };
}
