/** `diagnose` against a real Prometheus and a real provider, with each thing that it finds brought about. */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { configSchema } from '../lib/config/schema';
import { createDiagnosis } from '../lib/diagnosis/diagnose';
import { client, startProvider, type TestProvider } from '../lib/identity/testing/provider';
import { listen } from '../lib/identity/testing/listen';
import { startPrometheus, type RunningPrometheus } from '../lib/query/testing/prometheus';
import { findingsOf as findingsWith, runDiagnose, type Setting } from './testing/diagnosis';
import { folderWith } from './testing/terminal';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const nobodyListens = 'http://127.0.0.1:1';
let prometheus: RunningPrometheus;
let provider: TestProvider;

beforeAll(async () => {
  // The provider warns that it keeps its state in memory, as it should here.
  vi.spyOn(console, 'warn').mockReturnValue();
  const now = Math.floor(Date.now() / 1000);
  const series = (name: string, age: number) => [`# TYPE ${name} gauge`, ...Array.from({ length: 10 }, (_, index) => `${name}{namespace="a"} 1 ${now - age - (9 - index) * 15}`)];
  const history = [...series('node_cpu_seconds_total', 10).map((line) => line.replace('gauge', 'unknown')), ...series('odh_training_loss', 1200), '# EOF', ''].join('\n');
  [prometheus, provider] = await Promise.all([startPrometheus({ history }), startProvider({ publicUrl: 'http://127.0.0.1:3000', accessTokenSeconds: 60, claimsInIdToken: true })]);
}, 60_000);
afterAll(() => Promise.all([prometheus.stop(), provider.close()]));

interface Changes {
  readonly datasource?: Readonly<Record<string, unknown>>;
  readonly issuer?: string;
  readonly others?: Readonly<Record<string, unknown>>;
}

const settingOf = ({ datasource = {}, issuer = provider.issuer, others = {} }: Changes): Setting => ({ issuer, datasource: { url: prometheus.url, ...datasource }, others });
const diagnose = (changes: Changes = {}) => runDiagnose(settingOf(changes));
const findingsOf = (changes: Changes) => findingsWith(settingOf(changes));

async function serve(answer: RequestListener): Promise<string> {
  const { url, close } = await listen(createServer(answer));
  onTestFinished(close);
  return url;
}

describe('what the metrics backend holds', () => {
  it('is told by exporter: new, old, or missing with what to do', async () => {
    const { code, find } = await findingsOf({});
    expect(find('datasource prometheus')).toMatchObject({ state: 'ok', found: expect.stringContaining('with the credential "none"') as string });
    expect(find('metrics of nodes')).toMatchObject({ state: 'ok', found: expect.stringMatching(/The newest is \d+ s old/) as string });
    expect(find('metrics of training jobs')).toMatchObject({ state: 'problem', found: expect.stringMatching(/The newest is (?:19|2\d) minutes old/) as string, next: expect.stringContaining('targets') as string });
    expect(find('metrics of NVIDIA GPUs')).toMatchObject({ state: 'missing', found: expect.stringContaining('GPU panels stay empty') as string, next: expect.stringContaining('DCGM') as string });
    expect(code).toBe(1);
  });

  it('is told as a table for people', async () => {
    const { code, out } = await diagnose();
    expect(out).toMatch(/^ok {7}datasource prometheus +It answers queries/m);
    expect(out).toMatch(/^problem {2}metrics of training jobs +The newest is/m);
    expect(out).toMatch(/^ +→ Look at the targets of Prometheus/m);
    expect(out).toMatch(/^ok {7}identity provider +It answers at/m);
    expect(code).toBe(1);
  });
});

describe('a metrics backend', () => {
  it('that nobody is behind', async () => {
    const { code, find } = await findingsOf({ datasource: { url: nobodyListens } });
    expect(find('datasource prometheus')).toMatchObject({ state: 'problem', found: expect.stringContaining('ECONNREFUSED') as string, next: expect.stringContaining('network policies') as string });
    // What it holds cannot be asked.
    expect(find('metrics of nodes')).toBeUndefined();
    expect(code).toBe(1);
  });

  it('whose host nobody knows', async () => {
    const { find } = await findingsOf({ datasource: { url: 'http://prometheus.invalid:9090' } });
    expect(find('datasource prometheus')).toMatchObject({ state: 'problem', found: expect.stringContaining('Nobody knows the host') as string, next: expect.stringContaining('spelling') as string });
  });

  it('that is asked with people’s tokens, which nobody has here: said, and not guessed', async () => {
    const { code, find } = await findingsOf({ datasource: { credential: { type: 'user-token' } } });
    expect(find('datasource prometheus')).toMatchObject({ state: 'unknown', next: expect.stringContaining('OBSERVABILITY_TOKEN') as string });
    expect(code).toBe(0);
  });
});

describe('the identity provider', () => {
  const answering = (document: unknown): RequestListener => (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));

  it('that is down', async () => {
    const { find } = await findingsOf({ issuer: nobodyListens });
    expect(find('identity provider')).toMatchObject({ state: 'problem', next: expect.stringContaining('identity.issuer') as string });
  });

  it('that is no provider', async () => {
    const { find } = await findingsOf({ issuer: await serve(answering({ hello: 'world' })) });
    expect(find('identity provider')).toMatchObject({ state: 'problem', found: expect.stringContaining('no discovery document') as string, next: expect.stringContaining('/realms/') as string });
  });

  it('that calls itself something else', async () => {
    const { find } = await findingsOf({ issuer: await serve(answering({ issuer: 'https://sso.example.com', jwks_uri: 'https://sso.example.com/keys' })) });
    expect(find('identity provider')).toMatchObject({ state: 'problem', found: expect.stringContaining('calls itself https://sso.example.com') as string });
  });
});

it('Kubernetes that does not answer', async () => {
  const { find } = await findingsOf({ others: { kubernetes: { url: nobodyListens } } });
  expect(find('Kubernetes API')).toMatchObject({ state: 'problem', next: expect.stringContaining('kubernetes.url') as string });
});

it('Redis that does not answer', async () => {
  const { find } = await findingsOf({ others: { redis: { url: nobodyListens.replace('http', 'redis') } } });
  expect(find('Redis')).toMatchObject({ state: 'problem', found: expect.stringContaining('ECONNREFUSED') as string, next: expect.stringContaining('redis.url') as string });
});

it.each([
  ['valid for long', 0, 'ok', /^It is valid until/],
  ['not renewed in time', 85, 'problem', /^It expires on .* and was not renewed/],
  ['expired', 91, 'problem', /^It expired on/],
])('a certificate of the app that is %s', async (_, days, state, found) => {
  const folder = await folderWith({});
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '90', '-subj', '/CN=app', '-keyout', 'tls.key', '-out', 'tls.crt'], { cwd: folder, stdio: 'ignore' });
  const files = { certFile: join(folder, 'tls.crt'), keyFile: join(folder, 'tls.key') };
  const run = createDiagnosis({
    config: { datasources: [], access: configSchema.shape.access.parse({}), identity: { issuer: provider.issuer, clientId: client.id, scopes: [], providerName: 'SSO', bearer: { audiences: [], algorithms: [] } }, listen: { host: '127.0.0.1', port: 0, tls: files } },
    forward: () => Promise.reject(new Error('no datasource')),
    kubernetes: undefined,
    redis: undefined,
    readFile: (path) => readFile(path, 'utf8'),
    fetch,
    now: () => Date.now() + days * 86_400_000,
  });
  const finding = (await run(undefined)).find(({ subject }) => subject === 'certificate of the app');
  expect(finding).toMatchObject({ state, found: expect.stringMatching(found) as string });
});

it('a configuration that is not valid is said as at the start of the app', async () => {
  const { code, err } = await diagnose({ others: { listen: { port: 'high' } } });
  expect([code, err]).toEqual([2, expect.stringContaining('listen.port is "high", expected a number')]);
});
