/** Bearer callers on the whole way: a real provider's tokens, the router, a real Prometheus with three projects' data. */
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { configSchema, type Config } from '../config/schema';
import { claimsOf, signedToken } from '../identity/testing/forge';
import { client, startProvider, type TestProvider } from '../identity/testing/provider';
import { startApiServer, type ApiServer } from '../kubernetes/testing/api-server';
import { startPrometheus, type RunningPrometheus } from '../query/testing/prometheus';
import { createLogger } from '../telemetry/logger';
import { createRuntime, type Runtime } from './create';

// A machine that does much else at the same time needs longer for many requests.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const audience = 'urn:odh-observability:api';
const site = 'http://127.0.0.1:3000';
const namespaces = ['llm-research', 'vision-lab', 'fraud-detection'];

let provider: TestProvider;
let prometheus: RunningPrometheus;
let server: ApiServer;
let runtime: Runtime;
let withOpenShift: Runtime;
const logged: string[] = [];

beforeAll(async () => {
  // The provider warns that it keeps its state in memory, as it should here.
  vi.spyOn(console, 'warn').mockReturnValue();
  const time = Math.floor(Date.now() / 1000) - 60;
  const history = ['# TYPE loss gauge', ...namespaces.map((namespace, index) => `loss{namespace="${namespace}"} ${index} ${time}`), `loss{node="n1"} 9 ${time}`, '# EOF', ''].join('\n');
  [provider, prometheus, server] = await Promise.all([
    startProvider({ publicUrl: site, accessTokenSeconds: 300, claimsInIdToken: true, audience }),
    startPrometheus({ history }),
    startApiServer(),
  ]);
  const output = { write: () => undefined, on: () => undefined };
  const log = pino({}, { write: (line: string) => void logged.push(line) });
  runtime = createRuntime(config({ access: { claims: { administrators: ['odh-admins'] } } }), log, output, { lines: () => [] });
  withOpenShift = createRuntime(config({ access: { provider: 'openshift' }, kubernetes: { ...server.config } }), createLogger('error', { write: () => undefined }), output, { lines: () => [] });
}, 60_000);

afterAll(async () => {
  await Promise.all([runtime.close(), withOpenShift.close()]);
  await Promise.all([provider.close(), prometheus.stop(), server.stop()]);
});

function config(settings: Record<string, unknown>): Config {
  const file = configSchema.parse({
    publicUrl: site,
    identity: { issuer: provider.issuer, clientId: client.id, bearer: { audiences: [audience] } },
    datasources: [{ name: 'prometheus', default: true, url: prometheus.url }],
    ...settings,
  });
  return { ...file, sessionSecret: 'a session secret of at least 32 characters', clientSecret: client.secret };
}

/** An access token as the provider writes it; its sign-in is tested elsewhere. */
function tokenOf(sub: string, claims: Record<string, unknown>): string {
  const { kid, privateKey } = provider.signingKey();
  const time = Math.floor(Date.now() / 1000);
  return signedToken({ alg: 'RS256', typ: 'at+jwt', kid }, { iss: provider.issuer, aud: audience, sub, iat: time, exp: time + 300, ...claims }, privateKey);
}

async function ask(token: string, query: string, from = runtime): Promise<{ status: number; setCookies: string[]; namespaces: (string | undefined)[]; code?: string }> {
  const path = `/api/proxy/globaldatasources/prometheus/api/v1/query?${new URLSearchParams({ query }).toString()}`;
  const response = await from.router(new Request(`${site}${path}`, { headers: { authorization: `Bearer ${token}` } }));
  // Prometheus's answer, or an error of the catalogue.
  const body = (await response.json()) as { code?: string; data?: { result: { metric: Record<string, string> }[] } };
  const found = (body.data?.result ?? []).map(({ metric }) => metric['namespace']).sort();
  return { status: response.status, setCookies: response.headers.getSetCookie(), namespaces: found, ...(body.code === undefined ? {} : { code: body.code }) };
}

describe('a query with a bearer token', () => {
  it.each([
    ['the scientist', { projects: ['llm-research', 'vision-lab'] }, ['llm-research', 'vision-lab']],
    ['the MLOps engineer', { projects: ['fraud-detection'] }, ['fraud-detection']],
    ['an administrator', { groups: ['odh-admins'] }, ['fraud-detection', 'llm-research', 'vision-lab', undefined]],
  ])('of %s returns their projects’ series only, and sets no cookie', async (_, claims, expected) => {
    const token = tokenOf('someone', claims);
    for (const query of ['loss', 'loss{namespace=~".+"} or loss', '{__name__="loss"}']) {
      expect((await ask(token, query)).namespaces).toEqual(expected);
    }
    expect(await ask(token, 'loss{namespace="nothing"}')).toEqual({ status: 200, setCookies: [], namespaces: [] });
  });

  it('of someone else’s project finds nothing, and of someone without projects is refused', async () => {
    expect((await ask(tokenOf('ada', { projects: ['vision-lab'] }), 'loss{namespace="fraud-detection"}')).namespaces).toEqual([]);
    expect(await ask(tokenOf('guest', {}), 'loss')).toMatchObject({ status: 403, code: 'ERR_ACCESS_001' });
  });

  it('whose claims were changed on the way is refused, and no part of it is logged', async () => {
    const token = tokenOf('ada', { projects: ['vision-lab'] });
    const [header = '', , signature = ''] = token.split('.');
    const widened = Buffer.from(JSON.stringify({ ...claimsOf(token), groups: ['odh-admins'] })).toString('base64url');
    expect(await ask(`${header}.${widened}.${signature}`, 'loss')).toMatchObject({ status: 401, code: 'ERR_AUTH_002', namespaces: [] });
    expect(logged.join('')).toContain('ERR_AUTH_002');
    expect(logged.join('')).not.toContain(signature);
    expect(logged.join('')).not.toContain(widened);
  });
});

describe('a query with an OpenShift token', () => {
  it('returns the series of its owner’s projects only', async () => {
    server.users.set('sha256~ada', { username: 'ada', groups: ['odh-admins'], projects: ['vision-lab', 'without-metrics'] });
    expect((await ask('sha256~ada', 'loss', withOpenShift)).namespaces).toEqual(['vision-lab']);
    expect(await ask('sha256~nobody', 'loss', withOpenShift)).toMatchObject({ status: 401, code: 'ERR_AUTH_002' });
    expect(await ask('sha256~ada', 'loss')).toMatchObject({ status: 401, code: 'ERR_AUTH_002' });
  });

  it('returns everything to who may ask the cluster’s own Prometheus', async () => {
    server.users.set('sha256~root', { username: 'root', may: ['get monitoring.coreos.com/prometheuses/api openshift-monitoring'] });
    expect((await ask('sha256~root', 'loss', withOpenShift)).namespaces).toHaveLength(4);
  });

  it('is refused while Kubernetes is down, and readiness names it', async () => {
    const readiness = async () => (await (await withOpenShift.router(new Request(`${site}/api/health/ready`))).json()) as unknown;
    server.users.set('sha256~bob', { username: 'bob', projects: ['vision-lab'] });
    server.answerOtherwise((request) => (request.socket.destroy(), true));
    expect(await ask('sha256~bob', 'loss', withOpenShift)).toMatchObject({ status: 503, code: 'ERR_DATA_001', namespaces: [] });
    expect(await readiness()).toMatchObject({ checks: expect.arrayContaining([{ name: 'kubernetes', status: 'down' }]) as unknown });
    server.answerOtherwise(undefined);
    expect((await ask('sha256~bob', 'loss', withOpenShift)).namespaces).toEqual(['vision-lab']);
  });
});
