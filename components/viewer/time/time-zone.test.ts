import { afterEach, expect, it, vi } from 'vitest';
import { fromFields, toFields } from './time-zone';

afterEach(() => vi.unstubAllEnvs());

it.each(['UTC', 'Europe/Berlin', 'America/Los_Angeles'])('writes and reads an instant for a browser in %s', (TZ) => {
  vi.stubEnv('TZ', TZ);
  const instant = new Date('2026-07-01T22:30:00Z');
  expect(toFields(instant, 'UTC')).toEqual({ date: '2026-07-01', time: '22:30' });
  for (const zone of ['UTC', 'browser'] as const) expect(fromFields(toFields(instant, zone), zone)).toEqual(instant);
});

it('knows the browser’s own time', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  expect(toFields(new Date('2026-07-01T22:30:00Z'), 'browser')).toEqual({ date: '2026-07-02', time: '00:30' });
});

it.each([
  { date: '', time: '10:00' },
  { date: '2026-07-01', time: '' },
  { date: '2026-06-31', time: '10:00' },
  { date: '2026-13-01', time: '10:00' },
  { date: '1/7/2026', time: '10:00' },
])('takes $date $time for no instant', (fields) => expect(fromFields(fields, 'UTC')).toBeUndefined());
