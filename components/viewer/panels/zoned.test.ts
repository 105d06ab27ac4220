import { afterEach, expect, it, vi } from 'vitest';
import { pickedRange, zonedAnswers } from './zoned';

afterEach(() => vi.unstubAllEnvs());

const definition = { kind: 'TimeSeriesQuery', spec: { plugin: { kind: 'PrometheusTimeSeriesQuery', spec: {} } } };
const [start, end] = [new Date('2026-07-01T10:00:00Z'), new Date('2026-07-01T11:00:00Z')];

it.each(['America/New_York', 'Asia/Kolkata', 'UTC'])('draws the clock of UTC for a browser in %s, and reads it back', (browser) => {
  vi.stubEnv('TZ', browser);
  const [answer] = zonedAnswers([{ definition, data: { timeRange: { start, end }, stepMs: 60_000, series: [{ name: 'a', values: [[start.getTime(), 1], [end.getTime(), null]] }] } }], 'UTC');
  const [first, last] = answer?.data.series[0]?.values ?? [];
  // Local time, as the chart writes it.
  expect(new Date(first?.[0] ?? 0).getHours()).toBe(10);
  expect(new Date(last?.[0] ?? 0).getHours()).toBe(11);
  expect([first?.[1], last?.[1]]).toEqual([1, null]);
  const drawn = answer?.data.timeRange;
  expect(drawn?.start.getTime()).toBe(first?.[0]);
  expect(drawn && pickedRange(drawn, 'UTC')).toEqual({ start, end });
});

it('leaves a range that is relative to now', () => {
  expect(pickedRange({ pastDuration: '1h' }, 'UTC')).toEqual({ pastDuration: '1h' });
});
