/**
 * Decides which part of the history has to be written, from what Prometheus's database holds already. Pure; times are
 * milliseconds since the epoch.
 */

export interface TimeRange {
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

export interface HistoryPlan {
  /** Whether what is there is of no use and must go. */
  readonly restart: boolean;
  /** In order; each lies within one block of Prometheus. */
  readonly ranges: readonly TimeRange[];
}

/** Prometheus's blocks begin at multiples of this, and of three times this, nine times and so on. */
export const blockLength = 2 * 60 * 60 * 1000;

/** A range in parts that lie within one block of `length` each. */
export function split({ from, to }: TimeRange, length: number): TimeRange[] {
  const ranges: TimeRange[] = [];
  for (let start = from; start < to; ) {
    const end = Math.min(to, (Math.floor(start / length) + 1) * length);
    ranges.push({ from: start, to: end });
    start = end;
  }
  return ranges;
}

/**
 * @param blocks what each block on disk covers
 * @param length how much history there must be
 */
export function planHistory(blocks: readonly TimeRange[], now: number, length: number): HistoryPlan {
  const earliest = Math.min(...blocks.map(({ from }) => from));
  const latest = Math.max(...blocks.map(({ to }) => to));
  // Too short, ended too long ago, or from a clock that ran ahead.
  if (!(earliest <= now - length && latest >= now - length && latest <= now)) {
    const from = Math.floor((now - length) / blockLength) * blockLength;
    return { restart: true, ranges: split({ from, to: now }, blockLength) };
  }
  return { restart: false, ranges: split({ from: latest, to: now }, blockLength) };
}
