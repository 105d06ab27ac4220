import { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createJwtCheck } from './bearer-jwt';
import { createOidcClient } from './oidc-client';
import { createProvider } from './provider';
import { createSessionCookie } from './session-cookie';
import { Browser } from './testing/browser';
import { claimsOf, macToken, signedToken, unsignedToken, type Json } from './testing/forge';
import { listen } from './testing/listen';
import { client, generateKey } from './testing/provider';
import { signIn, startStack, type Stack } from './testing/stack';

// A machine that does much else at the same time needs longer for many requests.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const audience = 'urn:odh-observability:api';
const projects = ['llm-research', 'vision-lab'];
/** Somebody who can sign, but not for the provider. */
const attacker = await generateKey('one');

let stack: Stack;
/** Access token and ID token of ada, as the provider issued them. */
let accessToken: string;
let idToken: string;
/** The attacker's server, and what it was asked. */
let lure: { url: string; close: () => Promise<void> };
const lured: string[] = [];

beforeAll(async () => {
  // The provider warns that it keeps its state in memory, as it should here.
  vi.spyOn(console, 'warn').mockReturnValue();
  stack = await startStack({ accessTokenSeconds: 300, claimsInIdToken: true, audience });
  process.env.NEXTAUTH_URL = stack.publicUrl;
  stack.provider.users.set('ada', { name: 'Ada', projects, groups: ['data-scientists'], secret: 'not for us' });
  const browser = new Browser();
  await signIn(stack, browser, 'ada');
  accessToken = (await stack.authenticate(stack.request(browser))).identity.token;
  idToken = (await createSessionCookie(stack.config, Date.now).read(browser.cookieHeader))?.session.idToken ?? '';
  const published = JSON.stringify({ keys: [{ ...(await exportJWK(attacker.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] });
  lure = await listen(createServer((request, response) => (lured.push(request.url ?? ''), response.writeHead(200, { 'content-type': 'application/json' }).end(published))));
});
afterAll(async () => {
  await Promise.all([stack.close(), lure.close()]);
});
afterEach(() => {
  vi.useRealTimers();
  stack.provider.unavailable.clear();
});

/** Asks with a value of the Authorization header. */
const ask = (authorization: string, headers: Record<string, string> = {}) =>
  stack.authenticate(new Request(`${stack.publicUrl}/api/me`, { headers: { authorization, ...headers } }));
const askWith = (token: string) => ask(`Bearer ${token}`);
const refused = (detail?: string) => expect.objectContaining({ code: 'ERR_AUTH_002', ...(detail === undefined ? {} : { detail }) }) as Error;

/** A token that differs from the genuine one as told, signed with the provider's own key. */
function genuine(claims: Json = {}, header: Json = {}): string {
  const key = stack.provider.signingKey();
  return signedToken({ alg: 'RS256', typ: 'at+jwt', kid: key.kid, ...header }, { ...claimsOf(accessToken), ...claims }, key.privateKey);
}

/** The same from the attacker, who knows all but the key. */
const forged = (header: Json = {}, claims: Json = {}) =>
  signedToken({ alg: 'RS256', typ: 'at+jwt', kid: 'one', ...header }, { ...claimsOf(accessToken), projects: ['fraud-detection'], ...claims }, attacker.privateKey);

const seconds = () => Math.floor(Date.now() / 1000);

describe('an access token of the provider', () => {
  it('makes its owner known, with the claims that access reads and no cookie', async () => {
    const { identity, setCookies } = await askWith(accessToken);
    expect(identity).toEqual({ subject: 'ada', name: 'Ada', claims: { projects, groups: ['data-scientists'] }, token: accessToken, expiresAt: Number(claimsOf(accessToken).exp) * 1000 });
    expect(setCookies).toEqual([]);
  });

  it.each<[string, () => string]>([
    ['in a list of audiences', () => genuine({ aud: ['account', audience] })],
    ['of the plain type', () => genuine({}, { typ: 'JWT' })],
    ['without a type', () => genuine({}, { typ: undefined })],
    ['without a key id, where there is one key', () => genuine({}, { kid: undefined })],
    ['a moment after its expiry, as clocks differ', () => genuine({ exp: seconds() - 2 })],
    ['a moment before its time, as clocks differ', () => genuine({ nbf: seconds() + 9 })],
  ])('is accepted %s', async (_, token) => {
    expect((await askWith(token())).identity.subject).toBe('ada');
  });

  it('is accepted under any spelling of the scheme', async () => {
    expect((await ask(`bearer ${accessToken}`)).identity.subject).toBe('ada');
  });
});

describe('a token that the provider did not issue, or not for this app, or not for now', () => {
  it.each<[string, () => string]>([
    ['without a signature: alg none', () => unsignedToken({ alg: 'none' }, claimsOf(accessToken))],
    ['alg None, in another case', () => unsignedToken({ alg: 'nOnE', kid: 'one' }, claimsOf(accessToken))],
    ['alg none with the genuine signature', () => unsignedToken({ alg: 'none' }, claimsOf(accessToken), accessToken.split('.')[2])],
    ['the genuine signature cut off', () => `${accessToken.split('.').slice(0, 2).join('.')}.`],
    ['claims changed below the genuine signature', () => unsignedToken({ alg: 'RS256', kid: 'one' }, { ...claimsOf(accessToken), projects: ['fraud-detection'] }, accessToken.split('.')[2])],
    ['signed by somebody else under the provider’s key id', () => forged()],
    ['signed by somebody else without a key id', () => forged({ kid: undefined })],
    ['an issuer that is not ours', () => genuine({ iss: 'https://elsewhere.example' })],
    ['an issuer that begins like ours', () => genuine({ iss: `${stack.provider.issuer}.elsewhere.example` })],
    ['no issuer', () => genuine({ iss: undefined })],
    ['another audience', () => genuine({ aud: 'prometheus' })],
    ['an audience that contains ours', () => genuine({ aud: `${audience}:read` })],
    ['no audience', () => genuine({ aud: undefined })],
    ['expired', () => genuine({ exp: seconds() - 60 })],
    ['without an expiry', () => genuine({ exp: undefined })],
    ['an expiry that is no number', () => genuine({ exp: '9999999999' })],
    ['not valid yet', () => genuine({ nbf: seconds() + 60 })],
    ['no subject', () => genuine({ sub: undefined })],
    ['an empty subject', () => genuine({ sub: '' })],
    ['a subject that is a list', () => genuine({ sub: ['ada', 'admin'] })],
    ['another algorithm of the same key', () => genuine({}, { alg: 'RS512' })],
    ['an extension that must be understood', () => genuine({}, { crit: ['exp'], exp: 1 })],
    ['a payload that is not encoded', () => genuine({}, { b64: false, crit: ['b64'] })],
    ['a logout token', () => genuine({}, { typ: 'logout+jwt' })],
    ['a key id that is a path', () => forged({ kid: '../../../../etc/passwd' })],
    ['a key id that is a device', () => forged({ kid: '/dev/null' })],
    ['a key id that is an address', () => forged({ kid: `${lure.url}/keys` })],
    ['a key id that is a query', () => forged({ kid: "x' UNION SELECT 'key' --" })],
    ['a key id that is a property of every object', () => forged({ kid: '__proto__' })],
    ['an address of keys (jku)', () => forged({ jku: `${lure.url}/jku` })],
    ['an address of a certificate (x5u)', () => forged({ x5u: `${lure.url}/x5u` })],
    ['no JSON', () => 'aaa.bbb.ccc'],
    ['empty parts', () => '..'],
    ['a header that is a list', () => `${Buffer.from('[]').toString('base64url')}.${accessToken.split('.').slice(1).join('.')}`],
  ])('is refused: %s', async (_, token) => {
    await expect(askWith(token())).rejects.toEqual(refused());
  });

  it('is refused: a key that the token brings along (jwk)', async () => {
    await expect(askWith(forged({ jwk: await exportJWK(attacker.publicKey) }))).rejects.toEqual(refused());
  });

  it('is refused: HS256 with the public key as the shared one, in every form the key is published in', async () => {
    const jwks = await (await fetch(`${stack.provider.issuer}/jwks`)).text();
    const spki = KeyObject.from(stack.provider.signingKey().publicKey);
    const keys = [spki.export({ type: 'spki', format: 'pem' }).toString(), spki.export({ type: 'pkcs1', format: 'pem' }).toString(), jwks, JSON.stringify(await exportJWK(stack.provider.signingKey().publicKey))];
    for (const key of keys) {
      await expect(askWith(macToken({ alg: 'HS256', kid: 'one' }, claimsOf(accessToken), key))).rejects.toEqual(refused());
    }
  });

  it('never makes the app ask an address that the token names', () => {
    expect(lured).toEqual([]);
  });

  it('is told what helps: that it has expired, or is for another audience', async () => {
    await expect(askWith(genuine({ exp: seconds() - 60 }))).rejects.toEqual(refused('The token has expired.'));
    await expect(askWith(genuine({ aud: 'prometheus' }))).rejects.toEqual(refused('The token is for another audience.'));
    await expect(askWith(genuine())).resolves.toBeDefined();
  });
});

describe('an ID token', () => {
  it('is refused, because it is for the client and not for this app', async () => {
    expect(claimsOf(idToken)).toMatchObject({ aud: client.id, sub: 'ada' });
    await expect(askWith(idToken)).rejects.toEqual(refused('The token is for another audience.'));
  });

  it('is refused even where the client’s id is configured as an audience', async () => {
    const config = { ...stack.config, identity: { ...stack.config.identity, bearer: { ...stack.config.identity.bearer, audiences: [client.id] } } };
    const log = stack.context().log;
    const check = createJwtCheck(config, { provider: createProvider(config, { client: createOidcClient(config), log, now: Date.now }), now: Date.now });
    expect((await check(genuine({ aud: client.id }))).subject).toBe('ada');
    await expect(check(idToken)).rejects.toEqual(refused('The token is not an access token.'));
    await expect(check(genuine({ aud: client.id, typ: 'ID' }, { typ: 'JWT' }))).rejects.toEqual(refused('The token is not an access token.'));
    await expect(check(genuine({ aud: client.id, at_hash: 'x' }, { typ: 'JWT' }))).rejects.toEqual(refused('The token is not an access token.'));
    // Keycloak says what it is; its older versions put a nonce into access tokens too.
    expect((await check(genuine({ aud: client.id, typ: 'Bearer', nonce: 'x' }, { typ: 'JWT' }))).subject).toBe('ada');
  });
});

it('a token of the provider under an algorithm that is not on the list is refused', async () => {
  const only = (...algorithms: ('RS256' | 'ES256')[]) => {
    const config = { ...stack.config, identity: { ...stack.config.identity, bearer: { audiences: [audience], algorithms } } };
    return createJwtCheck(config, { provider: createProvider(config, { client: createOidcClient(config), log: stack.context().log, now: Date.now }), now: Date.now });
  };
  expect((await only('ES256', 'RS256')(genuine())).subject).toBe('ada');
  await expect(only('ES256')(genuine())).rejects.toEqual(refused());
});

it('no JWT is accepted until an audience is configured', async () => {
  const config = { ...stack.config, identity: { ...stack.config.identity, bearer: { ...stack.config.identity.bearer, audiences: [] } } };
  const check = createJwtCheck(config, { provider: { keySource: () => Promise.reject(new Error('not asked')) }, now: Date.now });
  await expect(check(accessToken)).rejects.toEqual(refused('No audience is configured for which JWTs are accepted.'));
});

describe('the provider’s keys', () => {
  /** A check that knows no key yet, and how often the provider is asked from now on. */
  function setUp() {
    const { config } = stack;
    const before = { discovery: stack.provider.count('GET /.well-known/openid-configuration'), keys: stack.provider.count('GET /jwks') };
    return {
      check: createJwtCheck(config, { provider: createProvider(config, { client: createOidcClient(config), log: stack.context().log, now: Date.now }), now: Date.now }),
      asked: () => ({
        discovery: stack.provider.count('GET /.well-known/openid-configuration') - before.discovery,
        keys: stack.provider.count('GET /jwks') - before.keys,
      }),
    };
  }

  it('are fetched once for the first 100 requests at the same time, and kept', async () => {
    const { check, asked } = setUp();
    const identities = await Promise.all(Array.from({ length: 100 }, () => check(accessToken)));
    expect(new Set(identities.map(({ subject }) => subject))).toEqual(new Set(['ada']));
    await check(accessToken);
    expect(asked()).toEqual({ discovery: 1, keys: 1 });
  });

  it('are not fetched again for key ids that somebody invents, more than once in a while', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { check, asked } = setUp();
    const invent = (number: number) => expect(check(forged({ kid: `invented-${number}` }))).rejects.toEqual(refused());
    await Promise.all(Array.from({ length: 50 }, (_, number) => invent(number)));
    expect(asked().keys).toBe(1);
    vi.setSystemTime(Date.now() + 11_000);
    await Promise.all(Array.from({ length: 50 }, (_, number) => invent(number)));
    expect(asked().keys).toBe(2);
  });

  it('that cannot be had refuse every token without blaming it, until they can be had again', async () => {
    const { check } = setUp();
    for (const path of ['/.well-known/openid-configuration', '/jwks']) {
      stack.provider.unavailable.add(path);
      await expect(check(accessToken)).rejects.toMatchObject({ code: 'ERR_DATA_001' });
      stack.provider.unavailable.clear();
    }
    expect((await check(accessToken)).subject).toBe('ada');
  });

  it('may rotate: the new one is accepted, the withdrawn one no longer', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { check, asked } = setUp();
    const old = genuine({ exp: seconds() + 7_200 });
    await check(old);
    await stack.provider.rotateKey('two');
    const fresh = genuine();
    vi.setSystemTime(Date.now() + 11_000);
    expect((await check(fresh)).subject).toBe('ada');
    await expect(check(old)).rejects.toEqual(refused());
    expect(asked()).toEqual({ discovery: 1, keys: 2 });
  });
});
