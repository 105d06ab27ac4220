/** With what a metrics backend is asked, and what becomes of its refusals: from the caller's query to the backend's door. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Scope } from '../access/scope';
import type { DatasourceConfig } from '../config/schema';
import { listen } from '../identity/testing/listen';
import { createCredential, type Credential } from '../tokens/credential';
import { createTokenExchange } from '../tokens/token-exchange';
import { backendAudience, startExchangeProvider, type ExchangeProvider } from '../tokens/testing/provider';
import { probe } from './lookups';
import { answerJson, startBackend, type ReceivedRequest } from './testing/backend';
import { callersOf, type Callers } from './testing/caller';
import { until } from './testing/prometheus';

// A provider starts and makes keys.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

type CredentialConfig = DatasourceConfig['credential'];

const anna: Scope = { kind: 'namespaces', namespaces: ['team-a'] };
const exchanged: CredentialConfig = { type: 'token-exchange', audience: backendAudience };
const query = 'api/v1/query?query=up';

let provider: ExchangeProvider;
let folder: string;
beforeAll(async () => {
  provider = await startExchangeProvider();
  folder = mkdtempSync(join(tmpdir(), 'credentials-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await provider.close();
});

interface Setup {
  /** Whether the backend accepts a request; by default those with a token of the provider for it. */
  readonly accepts?: (authorization: string | undefined) => boolean | Promise<boolean>;
  readonly refusal?: 401 | 403;
  readonly now?: () => number;
}

/** A backend that checks who asks, as the caller's identity asks it. The caller has a token of the provider. */
async function setUp(credential: CredentialConfig, { accepts = isForBackend, refusal = 401, now = Date.now }: Setup = {}) {
  const answer = async (response: ServerResponse, { headers }: ReceivedRequest): Promise<void> => {
    if (await accepts(headers.authorization)) answerJson(response);
    else response.writeHead(refusal, { 'content-type': 'text/plain' }).end('token is not accepted');
  };
  const backend = await startBackend((response, request) => void answer(response, request));
  const exchange = createTokenExchange({ client: provider.client(), now, timeout: 20_000 });
  const own = createCredential({ exchange, readFile: (path) => readFile(path, 'utf8'), now });
  const token = await provider.tokenFor('ada');
  const asAda: Credential = (identity, ...rest) => own(identity && { ...identity, token }, ...rest);
  const callers = callersOf({ url: backend.url, credential: asAda, datasource: { credential }, limits: { concurrency: 50 } });
  onTestFinished(async () => {
    backend.stop();
    await callers.upstream.close();
  });
  return { backend, callers, token, authorizations: () => backend.received.map(({ headers }) => headers.authorization) };
}

async function isForBackend(authorization: string | undefined): Promise<boolean> {
  const keys = createRemoteJWKSet(new URL(`${provider.issuer}/jwks`));
  return jwtVerify(authorization?.replace(/^Bearer /, '') ?? '', keys, { audience: backendAudience }).then(
    () => true,
    () => false,
  );
}

const isUp = (callers: Callers) => probe(callers.upstream.forward, callers.datasource, AbortSignal.timeout(20_000));

async function codeOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { code?: string }).code;
}

describe('token exchange', () => {
  test('fifty queries at once reach the backend with one exchanged token', async () => {
    const { callers, authorizations, token } = await setUp(exchanged);
    const before = provider.exchanges();
    const answers = await Promise.all(Array.from({ length: 50 }, () => callers.send(anna, query)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(provider.exchanges() - before).toBe(1);
    expect(new Set(authorizations()).size).toBe(1);
    expect(authorizations()).not.toContain(`Bearer ${token}`);
  });

  test('when it fails nothing reaches the backend, and the caller learns that much and no more', async () => {
    const { callers, backend } = await setUp({ ...exchanged, audience: 'someone-else' });
    const response = await callers.send(anna, query);
    const text = await response.text();
    expect(response.status).toBe(502);
    expect(text).toContain('ERR_AUTH_003');
    expect(text).not.toMatch(/invalid_target|someone-else/);
    expect(backend.received).toEqual([]);
  });

  test('a caller who leaves does not end the exchange that others wait for', async () => {
    const { callers, backend } = await setUp(exchanged);
    const held: ServerResponse[] = [];
    provider.interfere((response) => void held.push(response));
    onTestFinished(() => void provider.interfere());
    const gone = new AbortController();
    const first = callers.send(anna, query, undefined, { signal: gone.signal });
    const left = expect(first).rejects.toThrow('caller left');
    await until(() => Promise.resolve(held.length), (count) => count === 1);
    const second = callers.send(anna, query);
    gone.abort(new Error('caller left'));
    await left;
    expect(backend.received).toEqual([]);

    const issued = { access_token: 'opaque', issued_token_type: 'urn:ietf:params:oauth:token-type:access_token', token_type: 'Bearer', expires_in: 60 };
    held.forEach((response) => answerJson(response, issued));
    // The backend of this test accepts no opaque token; what matters is that it was asked.
    expect((await second).status).toBe(502);
    expect(held).toHaveLength(1);
    expect(backend.received[0]?.headers.authorization).toBe('Bearer opaque');
  });

  test('a token that is no longer accepted is replaced, and the query asked again', async () => {
    let clock = Date.now();
    const revoked = new Set<string | undefined>();
    const { callers, authorizations } = await setUp(exchanged, { accepts: (authorization) => !revoked.has(authorization), now: () => clock });
    expect((await callers.send(anna, query)).status).toBe(200);
    revoked.add(authorizations()[0]);
    clock += 11_000;
    expect((await callers.send(anna, query)).status).toBe(200);
    expect(authorizations()).toHaveLength(3);
    expect(new Set(authorizations()).size).toBe(2);
  });

  test('a backend that accepts no token is asked twice at most, and the provider is not asked for each query', async () => {
    let clock = Date.now();
    const { callers, backend } = await setUp(exchanged, { accepts: () => false, now: () => clock });
    const before = provider.exchanges();
    expect(await codeOf(await callers.send(anna, query))).toBe('ERR_AUTH_003');
    clock += 11_000;
    expect(await codeOf(await callers.send(anna, query))).toBe('ERR_AUTH_003');
    expect(backend.received).toHaveLength(3);
    for (let more = 0; more < 5; more++) await callers.send(anna, query);
    expect(backend.received).toHaveLength(8);
    expect(provider.exchanges() - before).toBe(2);
  });
});

describe('the caller’s own token', () => {
  test('reaches a backend that is configured to get it', async () => {
    const { callers, authorizations, token } = await setUp({ type: 'user-token' }, { accepts: () => true });
    expect((await callers.send(anna, query)).status).toBe(200);
    expect(authorizations()).toEqual([`Bearer ${token}`]);
  });

  test('is not accepted by a backend that wants an exchanged one; that is an error of the catalogue, and not a lost session', async () => {
    const { callers, backend } = await setUp({ type: 'user-token' });
    const response = await callers.send(anna, query);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ status: 'error', errorType: 'unauthorized', code: 'ERR_AUTH_003' });
    expect(backend.received).toHaveLength(1);
  });

  test.each([exchanged, { type: 'user-token' } as const])('is told apart from a backend that knows the caller and refuses them ($type)', async (credential) => {
    const { callers } = await setUp(credential, { accepts: () => false, refusal: 403 });
    expect(await codeOf(await callers.send(anna, query))).toBe('ERR_ACCESS_002');
  });
});

describe('the app’s own account', () => {
  const credential = () => ({ type: 'service-account', tokenFile: join(folder, 'token') }) as const;

  test('its token is read anew when Kubernetes has renewed it, also between the answer and the next question', async () => {
    writeFileSync(join(folder, 'token'), 'first\n');
    const { callers, authorizations } = await setUp(credential(), {
      accepts: (authorization) => {
        if (authorization === 'Bearer second') return true;
        writeFileSync(join(folder, 'token'), 'second\n');
        return false;
      },
    });
    expect((await callers.send(anna, query)).status).toBe(200);
    expect(authorizations()).toEqual(['Bearer first', 'Bearer second']);
  });

  test.each([
    ['missing', () => rmSync(join(folder, 'token'), { force: true })],
    ['empty', () => writeFileSync(join(folder, 'token'), '\n')],
  ])('a token file that is %s stops the query before the backend', async (_, prepare) => {
    prepare();
    const { callers, backend } = await setUp(credential());
    expect(await codeOf(await callers.send(anna, query))).toBe('ERR_DATA_001');
    expect(backend.received).toEqual([]);
  });

  test('a refusal of it is the administrator’s problem, not the caller’s', async () => {
    writeFileSync(join(folder, 'token'), 'first');
    const { callers } = await setUp(credential(), { accepts: () => false, refusal: 403 });
    expect(await codeOf(await callers.send(anna, query))).toBe('ERR_DATA_001');
    await expect(isUp(callers)).rejects.toMatchObject({ code: 'ERR_DATA_001' });
  });
});

describe('what the app asks by itself', () => {
  test.each([exchanged, { type: 'user-token' } as const])('carries no credential where the caller’s is wanted, and the refusal counts as an answer ($type)', async (credential) => {
    const before = provider.exchanges();
    for (const refusal of [401, 403] as const) {
      const { callers, authorizations } = await setUp(credential, { refusal });
      await expect(isUp(callers)).resolves.toBeUndefined();
      expect(authorizations()).toEqual([undefined]);
    }
    expect(provider.exchanges()).toBe(before);
  });

  test('a backend that is gone is down all the same', async () => {
    const { callers, backend } = await setUp(exchanged);
    backend.stop();
    await expect(isUp(callers)).rejects.toMatchObject({ code: 'ERR_DATA_001' });
  });
});

describe('a backend with a certificate of the cluster’s own authority', () => {
  /** Makes a self-signed certificate for this machine. */
  function certificate(name: string) {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
    const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', ['req', '-x509', ...options, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    return { key: readFileSync(key), cert: readFileSync(cert), file: cert };
  }

  test('is asked when its authority is configured, and only then', async () => {
    const [right, wrong] = [certificate('right'), certificate('wrong')];
    let asked = 0;
    const server = createServer({ key: right.key, cert: right.cert }, (_, response) => {
      asked += 1;
      answerJson(response);
    });
    const { url, close } = await listen(server);
    onTestFinished(close);
    const ask = async (datasource: Partial<DatasourceConfig>) => {
      const callers = callersOf({ url: url.replace('http:', 'https:'), datasource });
      onTestFinished(() => callers.upstream.close());
      return callers.send(anna, query);
    };
    expect(await codeOf(await ask({}))).toBe('ERR_DATA_001');
    expect(await codeOf(await ask({ caFile: wrong.file }))).toBe('ERR_DATA_001');
    expect(asked).toBe(0);
    expect((await ask({ caFile: right.file })).status).toBe(200);
  });
});

test('a backend without a credential gets none of the caller’s', async () => {
  const { callers, authorizations } = await setUp({ type: 'none' }, { accepts: () => true });
  expect((await callers.send(anna, query)).status).toBe(200);
  expect(authorizations()).toEqual([undefined]);
});
