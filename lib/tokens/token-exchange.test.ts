import type { ServerResponse } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { isAppError, type AppError } from '../errors/app-error';
import { answerJson, backendAudience, startExchangeProvider, unsigned, type ExchangeProvider } from './testing/provider';
import { createTokenExchange } from './token-exchange';

// A provider starts and makes keys.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let provider: ExchangeProvider;
beforeAll(async () => {
  provider = await startExchangeProvider();
});
afterEach(() => provider.interfere());
afterAll(() => provider.close());

const target = { audience: backendAudience };
const exchange = (timeout = 20_000) => createTokenExchange({ client: provider.client(), now: Date.now, timeout });

/** The error of an exchange that must fail with the code for it. */
async function failure(work: Promise<unknown>): Promise<AppError> {
  const outcome: unknown = await work.catch((error: unknown) => error);
  if (!isAppError(outcome) || outcome.code !== 'ERR_AUTH_003') throw new Error(`expected ERR_AUTH_003, got ${String(outcome)}`);
  return outcome;
}

const causeOf = ({ cause }: AppError): string => (cause instanceof Error ? cause.message : String(cause));

describe('a caller’s token', () => {
  it('becomes one for the backend: of the same subject, signed by the provider, naming the app as the one who acts', async () => {
    const before = Date.now();
    const { token, expiresAt } = await exchange()(await provider.tokenFor('ada'), { ...target, scope: 'metrics:read' });
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(`${provider.issuer}/jwks`)), { issuer: provider.issuer, audience: backendAudience, typ: 'at+jwt' });
    expect(payload).toMatchObject({ sub: 'ada', act: { sub: 'odh-observability' }, scope: 'metrics:read' });
    expect(expiresAt).toBeGreaterThan(before + 290_000);
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + 300_000);
  });

  it('that expires sooner than the issued token would, shortens it', async () => {
    const subject = await provider.tokenFor('ada', { exp: Math.floor(Date.now() / 1000) + 100 });
    expect((await exchange()(subject, target)).expiresAt).toBeLessThanOrEqual(Date.now() + 100_000);
  });
});

describe('the provider refuses', () => {
  it.each<[string, () => Promise<string>]>([
    ['an ID token', () => provider.tokenFor('ada', { aud: 'odh-observability' }, 'JWT')],
    ['a token that is for another API', () => provider.tokenFor('ada', { aud: 'urn:other' })],
    ['a token of another issuer', () => provider.tokenFor('ada', { iss: 'https://elsewhere.example' })],
    ['an expired token', () => provider.tokenFor('ada', { exp: Math.floor(Date.now() / 1000) - 1 })],
    ['the token of someone who has left', () => provider.tokenFor('left')],
    ['a token that was issued by exchange already', async () => (await exchange()(await provider.tokenFor('ada'), target)).token],
    ['a made-up token', () => Promise.resolve('made-up')],
  ])('%s', async (_, subject) => {
    expect(causeOf(await failure(exchange()(await subject(), target)))).toContain('the subject token is not accepted');
  });

  it('another audience than those it knows', async () => {
    expect(causeOf(await failure(exchange()(await provider.tokenFor('ada'), { audience: 'kubernetes' })))).toContain('invalid_target');
  });

  it.each([
    ['a client that must not exchange', 'another', 'a-client-secret', 'not allowed for this client'],
    ['a client with a wrong secret', 'odh-observability', 'guessed', 'invalid_client'],
  ])('%s', async (_, id, secret, text) => {
    const impostor = createTokenExchange({ client: provider.client(id, secret), now: Date.now, timeout: 20_000 });
    expect(causeOf(await failure(impostor(await provider.tokenFor('ada'), target)))).toContain(text);
  });
});

describe('an answer that is not what was asked for is no token', () => {
  const good = { access_token: 'opaque-token', issued_token_type: 'urn:ietf:params:oauth:token-type:access_token', token_type: 'Bearer', expires_in: 60 };

  it('a good one is', async () => {
    provider.interfere((response) => answerJson(response, good));
    expect((await exchange()('subject', target)).token).toBe('opaque-token');
  });

  it('one without a lifetime is, for a minute', async () => {
    provider.interfere((response) => answerJson(response, { ...good, expires_in: undefined }));
    const { expiresAt } = await exchange()('subject', target);
    expect(expiresAt).toBeGreaterThan(Date.now() + 50_000);
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  it.each<[string, object]>([
    ['a refresh token', { issued_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }],
    ['no type', { issued_token_type: undefined }],
    ['a token of another scheme', { token_type: 'DPoP' }],
    ['no token', { access_token: undefined }],
    ['a token that would end the header', { access_token: 'a\r\nx-scope-orgid: b' }],
    ['a token that has expired', { expires_in: 0 }],
    ['a lifetime in words', { expires_in: 'soon' }],
    ['a token for another audience', { access_token: unsigned({ aud: ['account', 'realm-management'] }) }],
    ['a token for any audience', { access_token: unsigned({ sub: 'ada' }) }],
  ])('%s', async (_, difference) => {
    provider.interfere((response) => answerJson(response, { ...good, ...difference }));
    await failure(exchange()('subject', target));
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['a page', (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>')],
    ['a redirect', (response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
    ['a server error', (response) => void response.writeHead(503).end()],
    ['a connection that breaks', (response) => void response.destroy()],
  ])('%s', async (_, answer) => {
    provider.interfere(answer);
    await failure(exchange()('subject', target));
  });
});

it('a provider that does not answer, or drips, is given up', async () => {
  provider.interfere((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const drip = setInterval(() => response.write(' '), 20);
    onTestFinished(() => clearInterval(drip));
  });
  expect(causeOf(await failure(exchange(200)('subject', target)))).toBe('the identity provider did not answer within 200 ms');
});

it('a provider that cannot be found is the same failure, and is looked for again', async () => {
  const client = provider.client();
  let reachable = false;
  const lost = createTokenExchange({ client: () => (reachable ? client() : Promise.reject(new Error('connect ECONNREFUSED'))), now: Date.now, timeout: 20_000 });
  expect(causeOf(await failure(lost(await provider.tokenFor('ada'), target)))).toContain('ECONNREFUSED');
  reachable = true;
  await expect(lost(await provider.tokenFor('ada'), target)).resolves.toHaveProperty('token');
});

it('what the provider says reaches the log, without the token that it repeats', async () => {
  const subject = await provider.tokenFor('ada');
  provider.interfere((response) => answerJson(response, { error: 'invalid_request', error_description: `no such token: ${subject}` }, 400));
  const error = await failure(exchange()(subject, target));
  expect(causeOf(error)).toBe('identity provider: invalid_request (no such token: …)');
  expect(error.detail).toBeUndefined();
});
