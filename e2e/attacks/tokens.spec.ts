/** Someone with a token that was not given to them, or that was given for something else. */
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { expect } from '../support/fixtures';
import { cookiesOf, sendRaw } from '../support/raw-request';
import { issuerUrl, projectsOf } from '../support/stack';
import { tokenRequest, tokensOf } from '../support/tokens';
import { test } from './attacker';

const audience = 'urn:odh-observability:api';
const query = `/api/proxy/globaldatasources/prometheus/api/v1/query?query=${encodeURIComponent('count by (namespace) (DCGM_FI_DEV_GPU_UTIL)')}`;

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const bearer = (token: string) => sendRaw({ target: query, headers: { authorization: `Bearer ${token}` } });

/** The claims of an administrator, as the provider would write them. */
function administrator(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return { iss: issuerUrl, sub: 'admin', aud: audience, iat: now, exp: now + 600, jti: 'forged', client_id: 'odh-observability', groups: ['odh-admins'], ...changes };
}

function forge(header: Record<string, unknown>, claims: Record<string, unknown>, signature: (signed: string) => Buffer): string {
  const signed = `${base64url(header)}.${base64url(claims)}`;
  return `${signed}.${signature(signed).toString('base64url')}`;
}

const rs256 = (key: KeyObject) => (signed: string) => sign('sha256', Buffer.from(signed), key);

async function providerKey(): Promise<JsonWebKey & { kid: string }> {
  // JWK Set, RFC 7517.
  const { keys } = (await (await fetch(`${issuerUrl}/jwks`)).json()) as { keys: [JsonWebKey & { kid: string }] };
  return keys[0];
}

test('a person’s own access token shows their own projects: what follows fails for its own reason', async () => {
  const { access_token: token } = await tokensOf('scientist');
  const { status, text } = await bearer(token);
  expect(status, text).toBe(200);
  for (const project of projectsOf.scientist) expect(text).toContain(project);
  expect(text).not.toContain('fraud-detection');
});

test.describe('a token that someone made themselves is refused', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = publicKey.export({ format: 'jwk' });

  test('without a signature (alg none), in every spelling', async () => {
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
      const { status, text } = await bearer(forge({ alg, typ: 'at+jwt' }, administrator(), () => Buffer.alloc(0)));
      expect(status, alg).toBe(401);
      expect(JSON.parse(text)).toMatchObject({ code: 'ERR_AUTH_002' });
    }
  });

  test('signed with the provider’s public key as if it were a shared secret (HS256)', async () => {
    const key = await providerKey();
    for (const secret of [JSON.stringify(key), key.n ?? '', Buffer.from(key.n ?? '', 'base64url')]) {
      const token = forge({ alg: 'HS256', typ: 'at+jwt', kid: key.kid }, administrator(), (signed) => createHmac('sha256', secret).update(signed).digest());
      expect((await bearer(token)).status).toBe(401);
    }
  });

  test('signed with a key of one’s own, under the provider’s key id', async () => {
    const { kid } = await providerKey();
    expect((await bearer(forge({ alg: 'RS256', typ: 'at+jwt', kid }, administrator(), rs256(privateKey)))).status).toBe(401);
  });

  test('with a key that it brings along or says where to find', async () => {
    for (const header of [{ jwk }, { jku: 'https://elsewhere.example/jwks' }, { x5u: 'https://elsewhere.example/key.pem' }, { x5c: [Buffer.from('key').toString('base64')] }]) {
      expect((await bearer(forge({ alg: 'RS256', typ: 'at+jwt', ...header }, administrator(), rs256(privateKey)))).status, JSON.stringify(header)).toBe(401);
    }
  });

  test('with a key id that is a path, an address or a command', async () => {
    for (const kid of ['../../../../dev/null', '/etc/passwd', 'file:///dev/null', 'http://127.0.0.1:1/key', "' UNION SELECT 'key", '| id', '\u0000']) {
      expect((await bearer(forge({ alg: 'RS256', typ: 'at+jwt', kid }, administrator(), rs256(privateKey)))).status, kid).toBe(401);
    }
  });

  test('with claims changed behind a genuine signature', async () => {
    const { access_token: token } = await tokensOf('scientist');
    const [header = '', claims = '', signature = ''] = token.split('.');
    // A JWT's claims are an object.
    const own = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    expect((await bearer(`${header}.${base64url({ ...own, groups: ['odh-admins'] })}.${signature}`)).status).toBe(401);
  });
});

test.describe('a genuine token that is not for this app is refused', () => {
  test('the ID token of the same sign-in', async () => {
    const { id_token: token } = await tokensOf('scientist');
    const { status, text } = await bearer(token);
    expect(status).toBe(401);
    expect(JSON.parse(text)).toMatchObject({ code: 'ERR_AUTH_002' });
  });

  test('a token for the metrics backend', async () => {
    const { access_token: token } = await tokensOf('scientist');
    const exchanged = await tokenRequest({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      audience: 'prometheus',
    });
    // RFC 8693, section 2.2.1.
    const { access_token: other } = (await exchanged.json()) as { access_token: string };
    expect(exchanged.ok).toBe(true);
    expect((await bearer(other)).status).toBe(401);
  });

  test('a token whose time is over', async () => {
    test.slow();
    const { access_token: token } = await tokensOf('scientist');
    expect((await bearer(token)).status).toBe(200);
    // The provider of these tests gives 20 s, and clocks may differ by 10.
    await expect.poll(async () => (await bearer(token)).status, { timeout: 90_000, intervals: [2_000] }).toBe(401);
  });
});

test.describe('two people in one request', () => {
  test('a token beside the session of someone else is refused', async ({ as }) => {
    const cookie = await cookiesOf(await as('mlops'));
    const { access_token: token } = await tokensOf('scientist');
    const { status, text } = await sendRaw({ target: query, headers: { cookie, authorization: `Bearer ${token}` } });
    expect(status).toBe(401);
    expect(JSON.parse(text)).toMatchObject({ code: 'ERR_AUTH_002' });
  });

  test('a token that is not accepted does not fall back to the session', async ({ as }) => {
    const cookie = await cookiesOf(await as('scientist'));
    expect((await sendRaw({ target: query, headers: { cookie } })).status).toBe(200);
    for (const authorization of ['Bearer made-up', 'Bearer ', 'Basic c2NpZW50aXN0OmRlbW8=', 'bearer']) {
      expect((await sendRaw({ target: query, headers: { cookie, authorization } })).status, authorization).toBe(401);
    }
  });
});
