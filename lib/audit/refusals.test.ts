import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../errors/app-error';
import type { RouteContext } from '../http/handler';
import type { Authenticate, Identity } from '../identity/identity';
import { createLogger } from '../telemetry/logger';
import type { AuditEvent } from './events';
import { createRefusals } from './refusals';

const ada: Identity = { subject: 'u1', name: 'Ada', claims: { secret: 'claim' }, token: 'secret-token', expiresAt: Number.MAX_SAFE_INTEGER };
const signedIn: Authenticate = () => Promise.resolve({ identity: ada, setCookies: [] });
const refused: Authenticate = () => Promise.reject(new AppError('ERR_AUTH_001', { detail: 'secret-detail' }));

function setUp() {
  const events: AuditEvent[] = [];
  return { events, refusals: createRefusals({ audit: { record: (event) => void events.push(event) }, now: Date.now }) };
}

const context: RouteContext = { params: {}, requestId: 'request-1', log: createLogger('error', { write: () => undefined }), responseHeaders: new Headers() };

function request(headers: Record<string, string> = {}, path = '/api/me?token=secret-query'): Request {
  return new Request(`http://app.test${path}`, { headers });
}

const throwing = (error: Error) => () => Promise.reject(error);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('refused access', () => {
  it('is recorded with who asked, for what, and the code', async () => {
    const { events, refusals } = setUp();
    const handler = refusals.signedIn(signedIn, throwing(new AppError('ERR_ACCESS_002')));
    await expect(handler(request({ cookie: 'next-auth.session-token=secret-cookie' }), context)).rejects.toMatchObject({ code: 'ERR_ACCESS_002' });
    expect(events).toEqual([
      { event: 'access_denied', outcome: 'refused', subject: 'u1', name: 'Ada', request_id: 'request-1', code: 'ERR_ACCESS_002', method: 'GET', path: '/api/me' },
    ]);
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  it('to a dashboard that is hidden from the caller is recorded, although the caller is told that there is none', async () => {
    const { events, refusals } = setUp();
    for (const hides of [true, false]) {
      await expect(refusals.signedIn(signedIn, throwing(new AppError('ERR_DASH_001', { hides })))(request(), context)).rejects.toMatchObject({ code: 'ERR_DASH_001' });
    }
    expect(events).toMatchObject([{ event: 'access_denied', code: 'ERR_DASH_001', subject: 'u1' }]);
  });

  it('of a form that another site sent is recorded without a subject', async () => {
    const { events, refusals } = setUp();
    await expect(refusals.open(throwing(new AppError('ERR_ACCESS_002')))(request(), context)).rejects.toThrow();
    expect(events).toMatchObject([{ event: 'access_denied', code: 'ERR_ACCESS_002' }]);
    expect(events[0]).not.toHaveProperty('subject');
  });

  it('is not what a wrong query or a backend that is down is', async () => {
    const { events, refusals } = setUp();
    for (const error of [new AppError('ERR_QUERY_001'), new AppError('ERR_DATA_001'), new Error('a defect')]) {
      await expect(refusals.signedIn(signedIn, throwing(error))(request(), context)).rejects.toBe(error);
    }
    expect(events).toEqual([]);
  });

  it('does not record a path longer than people can use', async () => {
    const { events, refusals } = setUp();
    await expect(refusals.signedIn(signedIn, throwing(new AppError('ERR_ACCESS_002')))(request({}, `/${'x'.repeat(60_000)}`), context)).rejects.toThrow();
    expect(JSON.stringify(events).length).toBeLessThan(1_000);
  });
});

describe('a failed authentication', () => {
  const fails = (headers: Record<string, string>, setup = setUp()) => ({
    ...setup,
    answer: setup.refusals.signedIn(refused, () => Promise.resolve(new Response()))(request(headers), context),
  });

  it.each([
    ['a bearer token that is not accepted', { authorization: 'Bearer secret' }],
    ['a session that has ended', { cookie: 'a=b; next-auth.session-token=secret' }],
    ['a session cookie in parts, over https', { cookie: '__Host-next-auth.session-token.0=secret; __Host-next-auth.session-token.1=x' }],
  ])('is recorded: %s', async (_, headers) => {
    const { events, answer } = fails(headers);
    await expect(answer).rejects.toMatchObject({ code: 'ERR_AUTH_001' });
    expect(events).toEqual([{ event: 'auth_failure', outcome: 'refused', request_id: 'request-1', code: 'ERR_AUTH_001', method: 'GET', path: '/api/me' }]);
  });

  it('is not what a visitor without any credential is: that is how every sign-in begins', async () => {
    const { events, answer } = fails({ cookie: 'next-auth.csrf-token=a' });
    await expect(answer).rejects.toThrow();
    expect(events).toEqual([]);
  });

  it('at the provider is recorded with its reason', () => {
    const { events, refusals } = setUp();
    refusals.signInFailed('OAUTH_CALLBACK_ERROR');
    expect(events).toEqual([{ event: 'auth_failure', outcome: 'refused', reason: 'OAUTH_CALLBACK_ERROR' }]);
  });

  it('a hundred thousand times a minute makes a few records, and one that says how many there were', async () => {
    const { events, refusals } = setUp();
    for (let index = 0; index < 100_000; index += 1) {
      refusals.signInFailed('OAUTH_CALLBACK_ERROR');
    }
    expect(events).toHaveLength(60);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(events).toHaveLength(61);
    expect(events.at(-1)).toMatchObject({ event: 'auth_failure', outcome: 'refused', repeated: 99_940 });
    refusals.signInFailed('OAUTH_CALLBACK_ERROR');
    expect(events).toHaveLength(62);
  });

  it('by one does not hide what another is refused', async () => {
    const { events, refusals } = setUp();
    for (let index = 0; index < 100; index += 1) {
      refusals.signInFailed('OAUTH_CALLBACK_ERROR');
    }
    await expect(refusals.signedIn(signedIn, throwing(new AppError('ERR_ACCESS_002')))(request(), context)).rejects.toThrow();
    expect(events.at(-1)).toMatchObject({ event: 'access_denied', subject: 'u1' });
  });
});
