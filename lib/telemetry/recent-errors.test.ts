import { expect, it } from 'vitest';
import { createLogger } from './logger';
import { createRecentErrors } from './recent-errors';

it('keeps the last warnings and errors as they are in the log, without what never reaches it', () => {
  const recent = createRecentErrors();
  const written: string[] = [];
  const log = createLogger('info', { write: (line) => void written.push(line) }, recent.notice);
  log.info('fine');
  log.warn({ token: 'secret' }, 'odd');
  log.child({ request_id: 'r' }).error({ err: new Error('gone') }, 'wrong');
  expect(recent.lines()).toEqual(written.slice(1).map((line) => line.trimEnd()));
  expect(recent.lines().map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['odd', 'wrong']);
  expect(recent.lines().join()).not.toContain('secret');
});

it('keeps two hundred, and of a long one its beginning', () => {
  const recent = createRecentErrors();
  const log = createLogger('info', { write: () => undefined }, recent.notice);
  for (let count = 0; count < 250; count += 1) log.warn({ count }, 'again');
  log.error('x'.repeat(10_000));
  const lines = recent.lines();
  expect(lines).toHaveLength(200);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ count: 51 });
  expect(lines.at(-1)).toHaveLength(4_096);
});
