import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from '../../lib/identity/testing/browser';
import { createSupervisor, type Supervisor } from '../processes/supervisor';
import { freePorts } from '../testing/free-ports';
import { password, users } from '../users';
import type { ProviderSettings } from './settings';

const appUrl = 'http://127.0.0.1:3999';
const redirectUri = `${appUrl}/api/auth/callback/oidc`;

let settings: ProviderSettings;
let supervisor: Supervisor;
let directory: string;

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  settings = {
    port,
    issuer: `http://127.0.0.1:${port}`,
    appUrl,
    clientId: 'odh-observability',
    clientSecret: randomBytes(16).toString('hex'),
    accessTokenSeconds: 66,
    exchangeAudiences: ['prometheus'],
    hostUrls: [],
    signingKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  };
  directory = await mkdtemp(join(tmpdir(), 'odh-demo-'));
  const file = join(directory, 'oidc.json');
  await writeFile(file, JSON.stringify(settings));
  supervisor = createSupervisor(directory, new AbortController().signal);
  await supervisor.start({
    name: 'identity-provider',
    command: process.execPath,
    args: ['--import', 'tsx', 'demo/oidc/main.ts', file],
    readyUrl: `${settings.issuer}/.well-known/openid-configuration`,
  });
}, 60_000);

afterAll(async () => {
  await supervisor.stop();
  await rm(directory, { recursive: true, force: true });
});

interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

const isCallback = (url: URL) => url.href.startsWith(redirectUri);
const isSignIn = (url: URL) => url.pathname.startsWith('/sign-in/');

function authorizationUrl(challenge?: string): URL {
  const url = new URL('/auth', settings.issuer);
  url.search = new URLSearchParams({
    client_id: settings.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile email offline_access',
    state: 'some-state',
    ...(challenge === undefined ? {} : { code_challenge: challenge, code_challenge_method: 'S256' }),
  }).toString();
  return url;
}

function form(fields: Record<string, string>): RequestInit {
  return { method: 'POST', body: new URLSearchParams(fields) };
}

async function tokenRequest(fields: Record<string, string>): Promise<Response> {
  const credentials = Buffer.from(`${settings.clientId}:${settings.clientSecret}`).toString('base64');
  return fetch(`${settings.issuer}/token`, { ...form(fields), headers: { authorization: `Basic ${credentials}` } });
}

async function tokens(response: Response): Promise<Tokens> {
  expect(response.status, await response.clone().text()).toBe(200);
  // RFC 6749's token response, with an ID token.
  return (await response.json()) as Tokens;
}

async function signIn(login: string) {
  const browser = new Browser();
  const verifier = randomBytes(32).toString('base64url');
  const signInUrl = await browser.follow(authorizationUrl(createHash('sha256').update(verifier).digest('base64url')), isSignIn);
  const answer = await browser.send(signInUrl, form({ login, password }));
  expect(answer.status).toBe(303);
  const callback = await browser.follow(answer.headers.get('location') ?? '', isCallback);
  expect(callback.searchParams.get('state')).toBe('some-state');
  const code = callback.searchParams.get('code') ?? '';
  return { browser, ...(await tokens(await tokenRequest({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }))) };
}

async function verify(token: string, audience: string) {
  const keys = createRemoteJWKSet(new URL(`${settings.issuer}/jwks`));
  return (await jwtVerify(token, keys, { issuer: settings.issuer, audience })).payload;
}

describe('signing in', () => {
  test.each(users.map((user) => [user.login, user] as const))('%s gets an ID token with their name, groups and projects, and is asked for no consent', async (login, user) => {
    const { id_token: idToken } = await signIn(login);
    expect(await verify(idToken, settings.clientId)).toMatchObject({
      sub: login,
      name: user.name,
      email: `${login}@example.com`,
      groups: user.groups,
      projects: user.projects,
    });
  });

  test('the access token is a JWT for the app’s API, with what the app decides by, and lives as long as the settings say', async () => {
    const { access_token: accessToken, expires_in: expiresIn } = await signIn('scientist');
    expect(expiresIn).toBe(66);
    expect(await verify(accessToken, 'urn:odh-observability:api')).toMatchObject({ sub: 'scientist', groups: ['data-scientists'], projects: ['llm-research', 'vision-lab'] });
  });

  test('a wrong password or user is refused on the same page, which keeps what was typed', async () => {
    const browser = new Browser();
    const url = await browser.follow(authorizationUrl('x'.repeat(43)), isSignIn);
    for (const fields of [
      { login: 'scientist', password: 'Demo' },
      { login: '"><script>', password },
    ]) {
      const answer = await browser.send(url, form(fields));
      expect(answer.status).toBe(200);
      const html = await answer.text();
      expect(html).toContain('role="alert"');
      expect(html).not.toContain('"><script>');
    }
  });

  test('the page lists the users of the demo, and loads nothing from anywhere', async () => {
    const browser = new Browser();
    const answer = await browser.send(await browser.follow(authorizationUrl('x'.repeat(43)), isSignIn));
    const html = await answer.text();
    for (const { login } of users) expect(html).toContain(`<th scope="row">${login}</th>`);
    expect(html).not.toMatch(/src=|@import|https?:/);
    expect(answer.headers.get('content-security-policy')).toContain(`default-src 'none'`);
    // Chromium applies form-action to the redirect that leads back to the app.
    expect(answer.headers.get('content-security-policy')).toContain(`form-action 'self' ${appUrl}`);
  });

  test('a sign-in without PKCE is refused', async () => {
    const callback = await new Browser().follow(authorizationUrl(), (url) => isSignIn(url) || isCallback(url));
    expect(callback.searchParams.get('error')).toBe('invalid_request');
  });

  test('a sign-in page opened by someone else leads back to the app', async () => {
    const url = await new Browser().follow(authorizationUrl('x'.repeat(43)), isSignIn);
    const answer = await new Browser().send(url);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(`href="${appUrl}"`);
  });
});

test('a refresh rotates the refresh token and brings a new ID token with the claims', async () => {
  const first = await signIn('mlops');
  const refresh = () => tokenRequest({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
  const second = await tokens(await refresh());
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect(await verify(second.id_token, settings.clientId)).toMatchObject({ sub: 'mlops', projects: users.find((user) => user.login === 'mlops')?.projects });
  expect((await refresh()).status).toBe(400);
});

describe('a token exchange', () => {
  const grant = 'urn:ietf:params:oauth:grant-type:token-exchange';
  const accessToken = 'urn:ietf:params:oauth:token-type:access_token';
  const exchange = (subject: string, audience = 'prometheus') =>
    tokenRequest({ grant_type: grant, subject_token: subject, subject_token_type: accessToken, requested_token_type: accessToken, audience });

  test('gives the app a short-lived token for Prometheus, of the same person and naming the app', async () => {
    const { access_token: subject } = await signIn('scientist');
    const answer = await exchange(subject);
    const { access_token: issued, expires_in: expiresIn } = await tokens(answer.clone());
    expect(await answer.json()).toMatchObject({ issued_token_type: accessToken, token_type: 'Bearer' });
    expect(expiresIn).toBeLessThanOrEqual(60);
    expect(await verify(issued, 'prometheus')).toMatchObject({ sub: 'scientist', act: { sub: settings.clientId } });
    await expect(verify(issued, 'urn:odh-observability:api')).rejects.toThrow('aud');
  });

  test('is refused for an ID token, for another audience, and to a client that does not prove itself', async () => {
    const { access_token: subject, id_token: idToken } = await signIn('scientist');
    expect((await exchange(idToken)).status).toBe(400);
    expect((await exchange(subject, 'kubernetes')).status).toBe(400);
    const fields = { client_id: settings.clientId, grant_type: grant, subject_token: subject, subject_token_type: accessToken, audience: 'prometheus' };
    expect((await fetch(`${settings.issuer}/token`, form(fields))).status).toBe(401);
  });
});

test('signing out at the provider needs no click, returns to the app, and ends the session and its tokens', async () => {
  const { browser, id_token: idToken, refresh_token: refreshToken } = await signIn('scientist');
  const end = new URL('/session/end', settings.issuer);
  end.search = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${appUrl}/signin?signedOut=1` }).toString();
  const page = await browser.send(end);
  const html = await page.text();
  expect(html).toContain('<script>document.forms[0].submit();</script>');
  expect(page.headers.get('content-security-policy')).toMatch(/script-src 'sha256-/);

  // What that script sends.
  const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1] ?? '';
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const answer = await browser.send(action, form({ xsrf, logout: 'yes' }));
  expect(answer.headers.get('location')).toBe(`${appUrl}/signin?signedOut=1`);

  expect((await tokenRequest({ grant_type: 'refresh_token', refresh_token: refreshToken })).status).toBe(400);
  // The next sign-in asks for the password again.
  await browser.follow(authorizationUrl('x'.repeat(43)), isSignIn);
});
