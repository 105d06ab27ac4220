import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Browser } from './testing/browser';
import { signIn, startStack, type Stack } from './testing/stack';

let stack: Stack;
let browser: Browser;

beforeEach(async () => {
  // The provider warns that it keeps its state in memory, as it should here.
  vi.spyOn(console, 'warn').mockReturnValue();
  stack = await startStack({ accessTokenSeconds: 300, claimsInIdToken: true });
  process.env.NEXTAUTH_URL = stack.publicUrl;
  browser = new Browser();
  await signIn(stack, browser, 'ada');
});

afterEach(() => stack.close());

function signOut(headers: Readonly<Record<string, string>> = { origin: stack.publicUrl }) {
  return stack.sessions.signOut(
    new Request(`${stack.publicUrl}/api/auth/sign-out`, { method: 'POST', headers: { cookie: browser.cookieHeader, ...headers } }),
    stack.context(),
  );
}

describe('signing out', () => {
  it('ends the session here, and the one at the provider, and comes back', async () => {
    const response = await signOut();
    expect(response.status).toBe(303);
    const address = new URL(response.headers.get('location') ?? '');
    expect(address.origin).toBe(stack.provider.issuer);
    expect([...address.searchParams.keys()].sort()).toEqual(['client_id', 'id_token_hint', 'post_logout_redirect_uri']);

    browser.store(response.headers.getSetCookie());
    expect(await stack.sessions.readSession(browser.cookieHeader)).toBeUndefined();
    expect(stack.recorded.at(-1)).toBe('ada (ada) signed out');

    // The provider asks once; its page is a form that confirms.
    const page = await (await browser.send(address)).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const confirmed = await browser.send(`${stack.provider.issuer}/session/end/confirm`, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
    expect(confirmed.headers.get('location')).toBe(`${stack.publicUrl}/signin?signedOut=1`);
    expect(browser.cookies.has('_session')).toBe(false);
  });

  it('leaves nothing of a copied cookie once its access token has expired', async () => {
    const copy = stack.request(browser);
    await signOut();
    stack.advance(250);
    await expect(stack.createReplica().authenticate(copy)).rejects.toMatchObject({ code: 'ERR_AUTH_001' });
  });

  it.each([{}, { origin: 'https://elsewhere.example' }, { origin: 'null' }])('is refused when another site asks for it: %j', async (headers) => {
    await expect(signOut(headers)).rejects.toMatchObject({ code: 'ERR_ACCESS_002' });
    expect(stack.provider.count('POST /token/revocation')).toBe(0);
  });

  it('works without a session, so that the one at the provider can still be ended', async () => {
    browser.cookies.clear();
    const response = await signOut();
    expect(response.headers.get('location')).toContain(`${stack.provider.issuer}/session/end?`);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('signs out here when the provider cannot be reached, and says what is left to do', async () => {
    stack.provider.unavailable.add('*');
    const response = await stack.createReplica().signOut(
      new Request(`${stack.publicUrl}/api/auth/sign-out`, { method: 'POST', headers: { cookie: browser.cookieHeader, origin: stack.publicUrl } }),
      stack.context(),
    );
    expect(response.headers.get('location')).toBe(`${stack.publicUrl}/signin?signedOut=here`);
    browser.store(response.headers.getSetCookie());
    expect(await stack.sessions.readSession(browser.cookieHeader)).toBeUndefined();
    expect(stack.logged.join('')).toContain('not told of a sign-out');
  });
});
