import { describe, expect, test } from 'vitest';
import { planHistory } from './plan';

const hour = 3_600_000;
const midnight = Date.UTC(2026, 4, 4);
const now = midnight + 13 * hour + 20 * 60_000;
const wanted = 24 * hour;
const at = (hours: number) => midnight + hours * hour;

describe('what history is written', () => {
  test('all of it when there is none, in ranges that lie within one block each', () => {
    const { restart, ranges } = planHistory([], now, wanted);
    expect(restart).toBe(true);
    expect(ranges[0]).toEqual({ from: at(-12), to: at(-10) });
    expect(ranges.at(-1)).toEqual({ from: at(12), to: now });
    expect(ranges).toHaveLength(13);
    ranges.slice(1).forEach(({ from }, index) => expect(from).toBe(ranges[index]?.to));
  });

  test('only what is missing since the last block', () => {
    const blocks = [
      { from: at(-20), to: at(8) },
      { from: at(8), to: at(9) + 1 },
    ];
    expect(planHistory(blocks, now, wanted)).toEqual({
      restart: false,
      ranges: [
        { from: at(9) + 1, to: at(10) },
        { from: at(10), to: at(12) },
        { from: at(12), to: now },
      ],
    });
  });

  test('nothing when a block ends now', () => {
    expect(planHistory([{ from: at(-20), to: now }], now, wanted)).toEqual({ restart: false, ranges: [] });
  });

  test.each([
    ['the demo was stopped for longer than the history is long', [{ from: at(-40), to: at(-12) }]],
    ['what is there is too short', [{ from: at(-5), to: at(12) }]],
    ['what is there is from the future', [{ from: at(-20), to: at(14) }]],
  ])('all of it when %s', (_, blocks) => {
    expect(planHistory(blocks, now, wanted).restart).toBe(true);
  });
});
