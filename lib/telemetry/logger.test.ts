import { describe, expect, it } from 'vitest';
import { createLogger } from './logger';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  write(createLogger('debug', { write: (line) => void (text += line) }));
  return text;
}

describe('the log', () => {
  it('has one JSON object a line, with time, level and service', () => {
    const line = JSON.parse(logged((log) => log.info({ port: 3000 }, 'listening'))) as unknown;
    expect(line).toEqual({ level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/) as string, service: 'odh-observability', port: 3000, msg: 'listening' });
  });

  it('writes nothing below its level', () => {
    let text = '';
    createLogger('warn', { write: (line) => void (text += line) }).info('quiet');
    expect(text).toBe('');
  });

  it.each([
    ['a token', { token: 'abc' }],
    ['a session', { session: { accessToken: 'abc', refreshToken: 'abc' } }],
    ['headers', { request: { headers: { cookie: 'abc', authorization: 'Bearer abc' } } }],
    ['what a library hangs onto its errors', { err: Object.assign(new Error('refused'), { response: { body: 'abc' }, refresh_token: 'abc' }) }],
    ['the same on a cause', { err: new Error('failed', { cause: Object.assign(new Error('refused'), { jwt: 'abc' }) }) }],
    ['something thrown that is no error', { err: { access_token: 'abc' } }],
  ])('never holds %s', (_, fields) => {
    expect(logged((log) => log.error(fields, 'failed'))).not.toContain('abc');
  });

  it('keeps message, code and causes of an error', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const line: unknown = JSON.parse(logged((log) => log.error({ err: new TypeError('fetch failed', { cause }) }, 'failed')));
    expect(line).toMatchObject({ err: { type: 'TypeError', message: 'fetch failed', cause: { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' } } });
  });

  it('ends causes that go in a circle', () => {
    const error = new Error('round');
    error.cause = error;
    expect(logged((log) => log.error({ err: error }, 'failed'))).toContain('round');
  });
});
