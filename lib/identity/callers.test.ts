import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKubernetes, type Kubernetes } from '../kubernetes/client';
import { startApiServer, type ApiServer } from '../kubernetes/testing/api-server';
import { createAuthenticate } from './callers';
import { Browser } from './testing/browser';
import { signIn, startStack, type Stack } from './testing/stack';

// A machine that does much else at the same time needs longer for many requests.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const audience = 'urn:odh-observability:api';
const opaque = 'sha256~Zm9yLWFkYQ_and-more';

let stack: Stack;
let server: ApiServer;
let kubernetes: Kubernetes;
/** Signed in as ada and as bob. */
let ada: Browser;
let bob: Browser;
let token: string;

beforeAll(async () => {
  // The provider warns that it keeps its state in memory, as it should here.
  vi.spyOn(console, 'warn').mockReturnValue();
  server = await startApiServer();
  kubernetes = createKubernetes(server.config);
  stack = await startStack({ accessTokenSeconds: 3_600, claimsInIdToken: true, audience, kubernetes });
  process.env.NEXTAUTH_URL = stack.publicUrl;
  for (const subject of ['ada', 'bob']) stack.provider.users.set(subject, { projects: [], groups: [] });
  [ada, bob] = [new Browser(), new Browser()];
  await signIn(stack, ada, 'ada');
  await signIn(stack, bob, 'bob');
  token = (await stack.authenticate(stack.request(ada))).identity.token;
});
beforeEach(() => {
  server.answerOtherwise(undefined);
  server.users.clear();
  server.users.set(opaque, { username: 'ada', groups: ['system:authenticated', 'data-scientists'] });
  server.requests.length = 0;
  // Past what is kept of the test before.
  stack.advance(30);
});
afterAll(async () => {
  await kubernetes.close();
  await Promise.all([stack.close(), server.stop()]);
});

const ask = (headers: Record<string, string>) => stack.authenticate(new Request(`${stack.publicUrl}/api/me`, { headers }));
const refused = (detail?: string) => expect.objectContaining({ code: 'ERR_AUTH_002', ...(detail === undefined ? {} : { detail }) }) as Error;
const notSignedIn = expect.objectContaining({ code: 'ERR_AUTH_001' }) as Error;

describe('a request with a bearer token and a session', () => {
  it('of the same subject counts as the bearer’s, and leaves the session alone', async () => {
    const { identity, setCookies } = await ask({ authorization: `Bearer ${token}`, cookie: ada.cookieHeader });
    expect(identity).toMatchObject({ subject: 'ada', token });
    expect(setCookies).toEqual([]);
  });

  it('of another subject is refused, whichever is whose', async () => {
    await expect(ask({ authorization: `Bearer ${token}`, cookie: bob.cookieHeader })).rejects.toEqual(refused('The request carries the session of somebody else as well.'));
    await expect(ask({ authorization: `Bearer ${opaque}`, cookie: bob.cookieHeader })).rejects.toEqual(refused());
  });

  it('is refused when the token is, although the session would do', async () => {
    expect((await ask({ cookie: ada.cookieHeader })).identity.subject).toBe('ada');
    await expect(ask({ authorization: `Bearer ${token}x`, cookie: ada.cookieHeader })).rejects.toEqual(refused());
    await expect(ask({ authorization: 'Bearer sha256~unknown', cookie: ada.cookieHeader })).rejects.toEqual(refused());
  });

  it('is not disturbed by a cookie that is no session', async () => {
    expect((await ask({ authorization: `Bearer ${token}`, cookie: 'next-auth.session-token=forged; a=b' })).identity.subject).toBe('ada');
  });
});

describe('an Authorization header that is not one bearer token is refused, not ignored', () => {
  it.each([
    ['empty', () => ''],
    ['the scheme alone', () => 'Bearer'],
    ['the scheme and blanks', () => 'Bearer   '],
    ['a token without a scheme', () => token],
    ['a name and a password', () => `Basic ${btoa('ada:secret')}`],
    ['another scheme', () => `DPoP ${token}`],
    ['a scheme that begins like ours', () => `Bearerx ${token}`],
    ['two values, as proxies join them', () => `Bearer ${token}, Bearer ${token}`],
    ['two tokens', () => `Bearer ${token} ${token}`],
    ['two tokens with a comma', () => `Bearer ${token},${token}`],
    ['a quoted token', () => `Bearer "${token}"`],
    ['a token with parameters', () => `Bearer ${token}; user=admin`],
    ['an encrypted token, as our session cookie is', () => `Bearer ${[...ada.cookies].filter(([name]) => name.includes('session-token')).map(([, value]) => value).join('')}`],
  ])('%s', async (_, authorization) => {
    await expect(ask({ authorization: authorization(), cookie: ada.cookieHeader })).rejects.toEqual(refused());
    expect(server.requests).toEqual([]);
  });

  it('with an answer that says so in the terms of RFC 6750', async () => {
    await expect(ask({ authorization: 'Basic x' })).rejects.toMatchObject({ headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
  });
});

it('headers that merely claim a user are not read', async () => {
  const claimed = { 'x-forwarded-user': 'admin', 'x-forwarded-email': 'admin@example.com', 'x-forwarded-access-token': token, 'x-remote-user': 'admin', 'x-remote-group': 'odh-admins', 'impersonate-user': 'admin' };
  await expect(ask(claimed)).rejects.toEqual(notSignedIn);
  expect((await ask({ ...claimed, cookie: bob.cookieHeader })).identity.subject).toBe('bob');
  expect((await ask({ ...claimed, authorization: `Bearer ${opaque}` })).identity.subject).toBe('ada');
});

describe('an opaque token', () => {
  it('belongs to whom Kubernetes says, with the groups it says, for 30 seconds', async () => {
    const { identity } = await ask({ authorization: `Bearer ${opaque}` });
    expect(identity).toMatchObject({ subject: 'ada', name: 'ada', claims: { groups: ['system:authenticated', 'data-scientists'] }, token: opaque });
    stack.advance(29);
    expect((await ask({ authorization: `Bearer ${opaque}` })).identity).toEqual(identity);
    expect(server.requests).toEqual([`POST /apis/authentication.k8s.io/v1/selfsubjectreviews ${opaque}`]);
    server.users.delete(opaque);
    stack.advance(1);
    await expect(ask({ authorization: `Bearer ${opaque}` })).rejects.toEqual(refused());
  });

  it('is looked up once for 100 requests at the same time', async () => {
    await Promise.all(Array.from({ length: 100 }, () => ask({ authorization: `Bearer ${opaque}` })));
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['nobody', { username: 'system:anonymous', groups: ['system:unauthenticated'] }],
    ['somebody in the group of nobodies', { username: 'ada', groups: ['system:unauthenticated'] }],
  ])('that makes its holder %s is refused', async (_, user) => {
    server.users.set(opaque, user);
    await expect(ask({ authorization: `Bearer ${opaque}` })).rejects.toEqual(refused('Kubernetes does not know the token.'));
  });

  it('is refused without blame while Kubernetes is down, and accepted as soon as it works', async () => {
    server.answerOtherwise((request) => (request.socket.destroy(), true));
    await expect(ask({ authorization: `Bearer ${opaque}`, cookie: ada.cookieHeader })).rejects.toMatchObject({ code: 'ERR_DATA_001' });
    server.answerOtherwise(undefined);
    expect((await ask({ authorization: `Bearer ${opaque}` })).identity.subject).toBe('ada');
  });

  it('is refused where no Kubernetes is configured', async () => {
    const elsewhere = await startStack({ accessTokenSeconds: 300, claimsInIdToken: true, audience });
    const request = new Request(`${elsewhere.publicUrl}/api/me`, { headers: { authorization: `Bearer ${opaque}` } });
    await expect(elsewhere.authenticate(request)).rejects.toEqual(refused('Tokens that are not JWTs are not accepted here.'));
    await elsewhere.close();
  });

  it('is never shown to Kubernetes when it is written as a JWT', async () => {
    await ask({ authorization: `Bearer ${token}` });
    await expect(ask({ authorization: 'Bearer aaa.bbb.ccc' })).rejects.toEqual(refused());
    expect(server.requests).toEqual([]);
  });
});

it('the session is read only where there is a token or a cookie to read', async () => {
  let reads = 0;
  const authenticate = createAuthenticate({
    checkToken: () => Promise.reject(new Error('not asked')),
    sessions: { authenticate: stack.sessions.authenticate, readSession: () => ((reads += 1), Promise.resolve(undefined)) },
  });
  await expect(authenticate(new Request(stack.publicUrl))).rejects.toEqual(notSignedIn);
  expect(reads).toBe(0);
});
