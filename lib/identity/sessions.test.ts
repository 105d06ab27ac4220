import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClaimsAccess } from '../access/claims';
import { Browser } from './testing/browser';
import { signIn, startStack, type Stack } from './testing/stack';

const scientist = { name: 'Ada', projects: ['llm-research', 'vision-lab'], groups: ['data-scientists'] };

let stack: Stack;
let browser: Browser;

async function start(options: Partial<Parameters<typeof startStack>[0]> = {}) {
  stack = await startStack({ accessTokenSeconds: 300, claimsInIdToken: true, ...options });
  process.env.NEXTAUTH_URL = stack.publicUrl;
  stack.provider.users.set('ada', scientist);
  browser = new Browser();
}

/** Authenticates with the browser's cookies and stores what comes back, as a page's request does. */
async function call(person: Browser = browser, sessions = stack.sessions) {
  const { identity, setCookies } = await sessions.authenticate(stack.request(person));
  person.store(setCookies);
  return { identity, setCookies };
}

/** The session cookie's value in the browser, all chunks joined. */
const sessionValue = () => [...browser.cookies].filter(([name]) => name.includes('session-token')).map(([, value]) => value).join('');
const tokenCalls = () => stack.provider.count('POST /token');
const signedOut = expect.objectContaining({ code: 'ERR_AUTH_001' }) as Error;

beforeEach(async () => {
  // The provider warns that it keeps its state in memory, as it should here.
  vi.spyOn(console, 'warn').mockReturnValue();
  await start();
});
afterEach(async () => {
  await stack.close();
});

describe('signing in', () => {
  it('asks for a code with PKCE, state and nonce, and returns to the page that was asked for', async () => {
    const { authorization, ended } = await signIn(stack, browser, 'ada', '/observability/dashboards/opendatahub/model-training?var-job=a&start=6h');
    expect(Object.fromEntries(authorization.searchParams)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', scope: 'openid profile email offline_access' });
    expect([...authorization.searchParams.keys()]).toEqual(expect.arrayContaining(['code_challenge', 'state', 'nonce']));
    expect(ended.href).toBe(`${stack.publicUrl}/observability/dashboards/opendatahub/model-training?var-job=a&start=6h`);
  });

  it('makes the person known by subject, name and the claims that access reads', async () => {
    await signIn(stack, browser, 'ada');
    const { identity, setCookies } = await call();
    expect(identity).toMatchObject({ subject: 'ada', name: 'Ada', claims: { projects: scientist.projects, groups: scientist.groups } });
    expect(Object.keys(identity.claims)).toEqual(['projects', 'groups']);
    expect(identity.expiresAt - Date.now()).toBeGreaterThan(280_000);
    expect(setCookies).toEqual([]);
    expect(await stack.sessions.readSession(browser.cookieHeader)).toEqual({ subject: 'ada', name: 'Ada' });
  });

  it('is told to those who keep records, and so is a sign-in that fails', async () => {
    await signIn(stack, browser, 'ada');
    expect(stack.recorded).toEqual(['ada (Ada) signed in']);
    await browser.send(`${stack.publicUrl}/api/auth/callback/oidc?error=access_denied&state=made-up`);
    expect(stack.recorded.slice(1)).toEqual(['failed: OAUTH_CALLBACK_ERROR']);
  });

  it('never returns to another site', async () => {
    expect((await signIn(stack, browser, 'ada', 'https://elsewhere.example/')).ended.href).toBe(`${stack.publicUrl}/observability`);
  });

  it('reads claims at the userinfo endpoint when the ID token lacks them', async () => {
    await stack.close();
    await start({ claimsInIdToken: false });
    await signIn(stack, browser, 'ada');
    expect((await call()).identity).toMatchObject({ name: 'Ada', claims: { projects: scientist.projects } });
  });

  it('says so when the provider cannot be reached, and opens no session', async () => {
    stack.provider.unavailable.add('*');
    const { ended } = await signIn(stack, browser, 'ada');
    expect(ended.pathname + ended.search).toMatch(/^\/signin\?callbackUrl=.*&error=OAuthSignin$/);
    await expect(call()).rejects.toEqual(signedOut);
  });

  it('serves none of the routes of next-auth that end or renew a session in another way', async () => {
    await signIn(stack, browser, 'ada');
    for (const [method, action] of [['GET', 'session'], ['POST', 'session'], ['GET', 'signout'], ['POST', 'signout'], ['POST', '_log'], ['GET', 'providers']] as const) {
      expect((await browser.send(`${stack.publicUrl}/api/auth/${action}`, { method })).status, `${method} ${action}`).toBe(404);
    }
  });
});

describe('who is not signed in', () => {
  it('a request without a cookie', async () => {
    await expect(call()).rejects.toEqual(signedOut);
    expect(await stack.sessions.readSession(null)).toBeUndefined();
  });

  it('a request that merely claims a user, or brings a bearer token', async () => {
    await signIn(stack, browser, 'ada');
    const { identity } = await call();
    const headers = { 'x-forwarded-user': 'ada', 'x-remote-user': 'ada', 'x-forwarded-access-token': identity.token, authorization: `Bearer ${identity.token}` };
    await expect(stack.sessions.authenticate(new Request(`${stack.publicUrl}/api/me`, { headers }))).rejects.toEqual(signedOut);
  });

  it('a session cookie put into a bearer header', async () => {
    await signIn(stack, browser, 'ada');
    const authorization = `Bearer ${sessionValue()}`;
    await expect(stack.sessions.authenticate(new Request(`${stack.publicUrl}/api/me`, { headers: { authorization } }))).rejects.toEqual(signedOut);
  });

  it('a session that was not used for session.idle', async () => {
    await signIn(stack, browser, 'ada');
    stack.advance(8 * 3600 - 60);
    expect(await stack.sessions.readSession(browser.cookieHeader)).toBeDefined();
    stack.advance(60);
    expect(await stack.sessions.readSession(browser.cookieHeader)).toBeUndefined();
    await expect(call()).rejects.toEqual(signedOut);
    expect(tokenCalls()).toBe(1);
  });

  it('a session that is older than session.absolute, however much it was used and refreshed', async () => {
    await signIn(stack, browser, 'ada');
    for (let hour = 1; hour < 12; hour += 1) {
      stack.advance(3600);
      await call();
    }
    expect(tokenCalls()).toBe(12);
    stack.advance(3600);
    await expect(call()).rejects.toEqual(signedOut);
    expect(await stack.sessions.readSession(browser.cookieHeader)).toBeUndefined();
    expect(tokenCalls()).toBe(12);
    await signIn(stack, browser, 'ada');
    expect((await call()).identity.subject).toBe('ada');
  });
});

describe('refreshing', () => {
  it('leaves the token alone until a minute before it expires', async () => {
    await signIn(stack, browser, 'ada');
    stack.advance(238);
    expect((await call()).setCookies).toEqual([]);
    stack.advance(4);
    const { identity, setCookies } = await call();
    expect(setCookies).not.toEqual([]);
    expect(identity.expiresAt).toBeGreaterThan(Date.now() + 500_000);
    expect(tokenCalls()).toBe(2);
  });

  it('calls the provider once for 20 requests at the same time, and gives all the same cookie', async () => {
    await signIn(stack, browser, 'ada');
    stack.advance(250);
    const cookies = await Promise.all(Array.from({ length: 20 }, async () => (await stack.sessions.authenticate(stack.request(browser))).setCookies));
    expect(tokenCalls()).toBe(2);
    expect(new Set(cookies.map((values) => values.map((value) => value.split(';')[0]).join())).size).toBe(1);
  });

  it('survives a request that was sent before the new cookie arrived, although the refresh token rotates', async () => {
    await signIn(stack, browser, 'ada');
    const late = stack.request(browser);
    stack.advance(250);
    await call();
    stack.advance(60);
    expect((await stack.sessions.authenticate(late)).identity.subject).toBe('ada');
    expect(tokenCalls()).toBe(2);
    // The session with the new cookie goes on through the next refreshes.
    for (let round = 0; round < 3; round += 1) {
      stack.advance(250);
      await call();
    }
    expect(tokenCalls()).toBe(5);
  });

  it('ends the session of a cookie that is replayed after its refresh token was used up', async () => {
    await signIn(stack, browser, 'ada');
    const stolen = stack.request(browser);
    stack.advance(250);
    await call();
    await expect(stack.createReplica().authenticate(stolen)).rejects.toEqual(signedOut);
    // The provider takes the reuse for a theft and ends the whole grant.
    stack.advance(250);
    await expect(call()).rejects.toEqual(signedOut);
  });

  it('takes a membership away that was revoked meanwhile, and adds a new one', async () => {
    const access = createClaimsAccess(stack.config.access.claims);
    await signIn(stack, browser, 'ada');
    expect(await access((await call()).identity)).toEqual({ kind: 'namespaces', namespaces: ['llm-research', 'vision-lab'] });
    stack.provider.users.set('ada', { ...scientist, projects: ['bert-serving', 'vision-lab'] });
    stack.advance(250);
    expect(await access((await call()).identity)).toEqual({ kind: 'namespaces', namespaces: ['bert-serving', 'vision-lab'] });
    stack.provider.users.set('ada', { name: 'Ada' });
    stack.advance(250);
    expect(await access((await call()).identity)).toEqual({ kind: 'none' });
  });

  it('ends the session when the provider has revoked the grant', async () => {
    await signIn(stack, browser, 'ada');
    // At another replica, which shares nothing with this one.
    await stack.createReplica().signOut(new Request(`${stack.publicUrl}/api/auth/sign-out`, { method: 'POST', headers: { origin: stack.publicUrl, cookie: browser.cookieHeader } }), stack.context());
    stack.advance(250);
    await expect(call()).rejects.toEqual(signedOut);
    // Decided by the provider, so it is not asked again for every further request.
    await expect(call()).rejects.toEqual(signedOut);
    expect(tokenCalls()).toBe(2);
  });

  it('goes on without the provider while the access token is valid, and not a moment longer', async () => {
    await signIn(stack, browser, 'ada');
    const asked = () => stack.provider.count('GET /jwks') + tokenCalls();
    const before = asked();
    stack.provider.unavailable.add('*');
    stack.advance(250);
    await Promise.all(Array.from({ length: 20 }, () => call()));
    expect((await call()).setCookies).toEqual([]);
    // Asked once, then not again for a moment: a provider that does not answer must not slow every query down.
    expect(asked()).toBe(before + 1);
    stack.advance(55);
    await expect(call()).rejects.toEqual(signedOut);
    expect(stack.logged.join('')).toContain('could not be refreshed');
  });

  it('recovers by itself when the provider comes back in time', async () => {
    await signIn(stack, browser, 'ada');
    stack.provider.unavailable.add('*');
    stack.advance(250);
    await call();
    stack.provider.unavailable.clear();
    expect((await call()).setCookies).toEqual([]);
    stack.advance(6);
    expect((await call()).setCookies).not.toEqual([]);
  });

  it('keeps the rotated refresh token, and old claims only for the old time, when the claims cannot be read', async () => {
    await stack.close();
    await start({ claimsInIdToken: false });
    await signIn(stack, browser, 'ada');
    const before = (await call()).identity;
    stack.provider.unavailable.add('/me');
    stack.advance(250);
    const during = (await call()).identity;
    expect(during).toMatchObject({ claims: before.claims, expiresAt: before.expiresAt });
    stack.provider.unavailable.clear();
    stack.provider.users.set('ada', { ...scientist, projects: ['vision-lab'] });
    stack.advance(6);
    expect((await call()).identity.claims.projects).toEqual(['vision-lab']);
  });

  it('keeps its refresh token while the keys of the provider cannot be read', async () => {
    await signIn(stack, browser, 'ada');
    stack.provider.unavailable.add('/jwks');
    stack.advance(250);
    expect((await call()).setCookies).toEqual([]);
    stack.provider.unavailable.clear();
    stack.advance(6);
    expect((await call()).setCookies).not.toEqual([]);
  });

  it('refreshes tokens that live less than a minute at half of their life', async () => {
    await stack.close();
    await start({ accessTokenSeconds: 40 });
    await signIn(stack, browser, 'ada');
    stack.advance(15);
    expect((await call()).setCookies).toEqual([]);
    stack.advance(6);
    expect((await call()).setCookies).not.toEqual([]);
  });

  it('never writes a token to the log', async () => {
    await signIn(stack, browser, 'ada');
    const { token } = (await call()).identity;
    stack.provider.unavailable.add('*');
    stack.advance(250);
    await call();
    expect(stack.logged).not.toEqual([]);
    expect(stack.logged.join('')).not.toContain(token);
    expect(stack.logged.join('')).not.toMatch(/eyJ[\w-]{20}/);
  });
});

describe('a session in use', () => {
  it('starts its idle time anew, with one and the same cookie for requests at the same time', async () => {
    await stack.close();
    await start({ accessTokenSeconds: 36_000, idle: '1h' });
    await signIn(stack, browser, 'ada');
    stack.advance(300);
    expect((await call()).setCookies).toEqual([]);
    stack.advance(90);
    const renewed = await Promise.all([stack.sessions.authenticate(stack.request(browser)), stack.sessions.authenticate(stack.request(browser))]);
    expect(renewed[0].setCookies).not.toEqual([]);
    expect(renewed[0].setCookies).toEqual(renewed[1].setCookies);
    expect(tokenCalls()).toBe(1);
  });
});
