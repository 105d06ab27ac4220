/** What `diagnose` finds when what is behind the app refuses it or cannot be reached: each brought about with a real server. */
import { execFileSync } from 'node:child_process';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type Server } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { listen } from '../lib/identity/testing/listen';
import { startApiServer } from '../lib/kubernetes/testing/api-server';
import { startPrometheus, type RunningPrometheus } from '../lib/query/testing/prometheus';
import { appAudience, startExchangeProvider, type ExchangeProvider } from '../lib/tokens/testing/provider';
import { finding, findingsOf, type Setting } from './testing/diagnosis';
import { folderWith } from './testing/terminal';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const history = '# TYPE node_cpu_seconds_total unknown\nnode_cpu_seconds_total{namespace="a"} 1 1767225600\n# EOF\n';
/** Of the password "test"; nobody has it here. */
const someHash = '$2b$12$hNf2lSsxfm0.i4a.1kVpSOVyBCfIB51VRjgBUyv6kdnyTlgWj81Ay';

const folder = mkdtempSync(join(tmpdir(), 'odh-diagnose-'));
const file = (name: string): string => join(folder, name);
const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A certificate of the authority `ca`; one for minus one days expired yesterday. */
function issue(name: string, alternativeName: string, days: number): { readonly cert_file: string; readonly key_file: string } {
  writeFileSync(file(`${name}.ext`), `subjectAltName=${alternativeName}\n`);
  openssl('req', '-new', ...newKey, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
  openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', String(days), '-extfile', `${name}.ext`, '-out', `${name}.crt`);
  return { cert_file: file(`${name}.crt`), key_file: file(`${name}.key`) };
}

let provider: ExchangeProvider;
const started: RunningPrometheus[] = [];
async function prometheusWith(web: Parameters<typeof startPrometheus>[0]['web'] = {}): Promise<string> {
  const prometheus = await startPrometheus({ history, web });
  started.push(prometheus);
  return prometheus.url;
}
/** Each is a real Prometheus. */
let servers: Readonly<Record<'open' | 'closed' | 'valid' | 'expired' | 'other', string>>;

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  openssl('req', '-x509', ...newKey, '-days', '2', '-subj', '/CN=authority', '-keyout', 'ca.key', '-out', 'ca.crt');
  const here = 'IP:127.0.0.1';
  const [open, closed, valid, expired, other] = await Promise.all([
    prometheusWith(),
    prometheusWith({ basic_auth_users: { somebody: someHash } }),
    prometheusWith({ tls_server_config: issue('valid', here, 1) }),
    prometheusWith({ tls_server_config: issue('expired', here, -1) }),
    prometheusWith({ tls_server_config: issue('other', 'DNS:elsewhere.example.com', 1) }),
  ]);
  servers = { open, closed, valid, expired, other };
  provider = await startExchangeProvider();
});
afterAll(async () => {
  await Promise.all([...started.map(({ stop }) => stop()), provider.close()]);
  rmSync(folder, { recursive: true });
});

const at = (datasource: Setting['datasource'], rest: Partial<Setting> = {}) => findingsOf({ issuer: provider.issuer, datasource, ...rest });

async function serve(server: Server): Promise<string> {
  const { url, close } = await listen(server);
  onTestFinished(close);
  return url;
}

describe('a Prometheus that wants to know who asks', () => {
  it.each<[string, object, string]>([
    ['none', { type: 'none' }, 'set `credential`'],
    ['user-token', { type: 'user-token' }, 'Let the backend accept tokens of your issuer'],
    ['token-exchange', { type: 'token-exchange', audience: 'prometheus' }, 'Let the backend accept the audience'],
  ])('and does not accept the credential %s', async (type, credential, next) => {
    const { code, find } = await at({ url: servers.closed, credential }, { token: await provider.tokenFor('ada') });
    expect(find('datasource prometheus')).toMatchObject(finding('problem', `does not accept the credential "${type}": upstream answered 401`, next));
    expect(code).toBe(1);
  });

  it('and not the app’s account', async () => {
    const tokenFile = join(await folderWith({ token: 'token-of-the-app' }), 'token');
    const found = (await at({ url: servers.closed, credential: { type: 'service-account', tokenFile } })).find('datasource prometheus');
    expect(found).toMatchObject(finding('problem', 'does not accept the credential "service-account"', 'cluster-monitoring-view'));
    expect(JSON.stringify(found)).not.toContain('token-of-the-app');
  });

  it('as an account whose token is not mounted', async () => {
    const { find } = await at({ url: servers.closed, credential: { type: 'service-account', tokenFile: '/nowhere/token' } });
    expect(find('datasource prometheus')).toMatchObject(finding('problem', 'no token to ask it with: ENOENT', '`credential.tokenFile`'));
  });

  it.each<[string, object, Partial<Setting>, string]>([
    ['an audience that the provider does not know', { audience: 'elsewhere' }, {}, 'Allow the app\'s client to exchange tokens'],
    ['a wrong secret of the app', { audience: 'prometheus' }, { clientSecret: 'wrong' }, 'OBSERVABILITY_CLIENT_SECRET'],
  ])('with a token that is not exchanged: %s', async (_, target, rest, next) => {
    const token = await provider.tokenFor('ada', { aud: appAudience });
    const found = (await at({ url: servers.open, credential: { type: 'token-exchange', ...target } }, { token, ...rest })).find('datasource prometheus');
    expect(found).toMatchObject(finding('problem', 'exchanges no token for it: identity provider: invalid_', next));
    expect(JSON.stringify(found)).not.toContain(token);
  });
});

describe('a Prometheus behind TLS', () => {
  it('works with its authority, and what it holds is told', async () => {
    const { find } = await at({ url: servers.valid, caFile: file('ca.crt') });
    expect(find('datasource prometheus')).toMatchObject({ state: 'ok' });
    // Months old: as good as none.
    expect(find('metrics of nodes')).toMatchObject(finding('missing', 'none within 1h', 'node-exporter'));
  });

  it.each<[string, () => Setting['datasource'], string, string]>([
    ['an authority that nobody knows', () => ({ url: servers.valid }), 'certificate at https://127.0.0.1', '`caFile` of this datasource'],
    ['a certificate that has expired', () => ({ url: servers.expired, caFile: file('ca.crt') }), 'has expired', 'Renew the certificate'],
    ['a certificate for another name', () => ({ url: servers.other, caFile: file('ca.crt') }), 'is for another name', 'Write the name in `url`'],
    ['an address that begins with http', () => ({ url: servers.valid.replace('https:', 'http:') }), 'It wants TLS', 'https://'],
    ['an address that begins with https where there is none', () => ({ url: servers.open.replace('http:', 'https:') }), 'There is no TLS', 'http://'],
  ])('%s', async (_, datasource, found, next) => {
    const { code, find } = await at(datasource());
    expect(find('datasource prometheus')).toMatchObject(finding('problem', found, next));
    expect(code).toBe(1);
  });
});

describe('a wrong address', () => {
  it.each<[string, () => Promise<string>]>([
    ['a path of Prometheus that is not there', () => Promise.resolve(`${servers.open}/prometheus`)],
    ['a page instead of an API', () => serve(createServer((_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')))],
    ['another API', () => Promise.resolve(provider.issuer)],
    ['an API that answers all with JSON', () => serve(createServer((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"hello":"world"}')))],
  ])('%s', async (_, url) => {
    const { find } = await at({ url: await url() });
    expect(find('datasource prometheus')).toMatchObject(finding('problem', 'is no API of Prometheus', 'port and path'));
  });
});

it('a backend that answers one query and not the next: what it holds is not known', async () => {
  const url = await serve(
    createServer((request, response) => {
      const works = new URL(request.url ?? '', 'http://backend').searchParams.get('query') === 'vector(1)';
      response.writeHead(works ? 200 : 500, { 'content-type': 'application/json' });
      response.end(JSON.stringify(works ? { status: 'success', data: { resultType: 'vector', result: [{ metric: {}, value: [0, '1'] }] } } : { status: 'error', errorType: 'internal', error: 'disk on fire' }));
    }),
  );
  const { code, find } = await at({ url });
  expect(find('metrics of nodes')).toMatchObject({ state: 'unknown', found: expect.stringContaining('disk on fire') as unknown });
  expect(code).toBe(0);
});

describe('the identity provider', () => {
  const withIssuer = (issuer: string) => findingsOf({ issuer, datasource: { url: servers.open } });

  it('at the wrong path', async () => {
    const { find } = await withIssuer(`${provider.issuer}/realms/ai`);
    expect(find('identity provider')).toMatchObject(finding('problem', 'answers 404', 'realm'));
  });

  it('with a certificate of an authority that nobody knows', async () => {
    const server = createTlsServer({ cert: readFileSync(file('valid.crt')), key: readFileSync(file('valid.key')) }, (_request, response) => void response.end());
    const { code, find } = await withIssuer((await serve(server)).replace('http:', 'https:'));
    expect(find('identity provider')).toMatchObject(finding('problem', 'certificate at https://127.0.0.1', '`trustedCA`'));
    expect(code).toBe(1);
  });

  it('whose keys cannot be had', async () => {
    const issuer = await serve(
      createServer((request, response) => {
        const { url = '', headers } = request;
        const origin = `http://${headers.host ?? ''}`;
        const document = JSON.stringify({ issuer: origin, jwks_uri: `${origin}/keys` });
        if (url.startsWith('/.well-known/')) response.writeHead(200, { 'content-type': 'application/json' }).end(document);
        else response.writeHead(503).end();
      }),
    );
    expect((await withIssuer(issuer)).find('identity provider')).toMatchObject(finding('problem', '/keys answers 503', 'whether the provider is well'));
  });
});

describe('Kubernetes, where it decides who sees what', () => {
  const access = { provider: 'kubernetes' };

  it('works, lists no project, or refuses the app’s account', async () => {
    const server = await startApiServer();
    onTestFinished(() => server.stop());
    const { url, tokenFile } = server.config;
    const found = async (file = tokenFile) => (await at({ url: servers.open }, { others: { access, kubernetes: { url, tokenFile: file } } })).find('Kubernetes API');
    expect(await found()).toMatchObject(finding('problem', 'nobody sees a project', '`access.kubernetes.labelSelector`'));
    server.namespaces.set('llm-research', 'opendatahub.io/dashboard=true');
    expect(await found()).toMatchObject({ state: 'ok', found: expect.stringContaining('lists 1 namespace') as unknown });
    expect(await found(join(await folderWith({ token: 'of nobody' }), 'token'))).toMatchObject(finding('problem', 'does not list namespaces to the app\'s account: the Kubernetes API answered 401', 'ClusterRole'));
    expect(await found('/nowhere/token')).toMatchObject(finding('problem', 'ENOENT', '`kubernetes.tokenFile`'));
  });

  it('with a certificate that has expired', async () => {
    const { find } = await at({ url: servers.open }, { others: { kubernetes: { url: servers.expired, caFile: file('ca.crt') } } });
    expect(find('Kubernetes API')).toMatchObject(finding('problem', 'has expired', 'Renew the certificate'));
  });
});

it('whatever takes a connection and never answers is given up after ten seconds, all at once', async () => {
  const silent = await serve(createServer(() => undefined));
  const { code, find } = await findingsOf({ issuer: silent, datasource: { url: silent }, others: { kubernetes: { url: silent } } });
  for (const subject of ['datasource prometheus', 'identity provider', 'Kubernetes API']) {
    expect(find(subject)).toMatchObject(finding('problem', `cannot be asked at ${silent}: The operation was aborted due to timeout`, 'network policies'));
  }
  expect(code).toBe(1);
});

it('a certificate of the app that is not there', async () => {
  const { find } = await at({ url: servers.open }, { others: { listen: { tls: { certFile: '/nowhere/tls.crt', keyFile: '/nowhere/tls.key' } } } });
  expect(find('certificate of the app')).toMatchObject(finding('problem', 'ENOENT', '`listen.tls.certFile`'));
});

it('traces and logs: that they are not read here, and where they are', async () => {
  const { find } = await at({ url: servers.open });
  expect(find('traces and logs')).toMatchObject(finding('missing', 'neither Tempo nor Loki', 'console'));
});
