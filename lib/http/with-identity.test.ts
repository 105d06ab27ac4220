import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error';
import type { Identity } from '../identity/identity';
import { createLogger } from '../telemetry/logger';
import { withIdentity } from './with-identity';

const identity: Identity = { subject: 'u1', name: 'Ada', claims: {}, token: 't', expiresAt: 0 };

function context() {
  return { params: {}, requestId: 'r', log: createLogger('error'), responseHeaders: new Headers() };
}

describe('authentication in front of a handler', () => {
  it('hands the identity on', async () => {
    const handler = withIdentity(
      () => Promise.resolve({ identity, setCookies: [] }),
      (_request, _context, caller) => Promise.resolve(new Response(caller.name)),
    );
    expect(await (await handler(new Request('http://app/'), context())).text()).toBe('Ada');
  });

  it('keeps the refreshed session when the handler refuses', async () => {
    const { responseHeaders, ...rest } = context();
    const handler = withIdentity(
      () => Promise.resolve({ identity, setCookies: ['session.0=a; HttpOnly', 'session.1=b; HttpOnly'] }),
      () => Promise.reject(new AppError('ERR_ACCESS_001')),
    );
    await expect(handler(new Request('http://app/'), { ...rest, responseHeaders })).rejects.toMatchObject({ code: 'ERR_ACCESS_001' });
    expect(responseHeaders.getSetCookie()).toEqual(['session.0=a; HttpOnly', 'session.1=b; HttpOnly']);
  });

  it('does not run the handler for someone who is not signed in', async () => {
    let ran = false;
    const handler = withIdentity(
      () => Promise.reject(new AppError('ERR_AUTH_001')),
      () => ((ran = true), Promise.resolve(new Response())),
    );
    await expect(handler(new Request('http://app/'), context())).rejects.toMatchObject({ code: 'ERR_AUTH_001' });
    expect(ran).toBe(false);
  });
});
