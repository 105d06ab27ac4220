import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configSchema, type Config } from '../config/schema';
import type { Identity } from '../identity/identity';
import { createKubernetes, type Kubernetes } from '../kubernetes/client';
import { startApiServer, type ApiServer, type TestUser } from '../kubernetes/testing/api-server';
import { createAccess, createEdit } from './access';
import type { ResolveScope } from './scope';

// A machine that does much else at the same time needs longer for many requests.
vi.setConfig({ testTimeout: 30_000 });

const label = 'opendatahub.io/dashboard=true';
const mayIn = (...namespaces: string[]) => namespaces.map((namespace) => `get metrics.k8s.io/pods/ ${namespace}`);
const getPrometheusApi = 'get monitoring.coreos.com/prometheuses/api openshift-monitoring';

let server: ApiServer;
let kubernetes: Kubernetes;
let clock: number;

beforeEach(async () => {
  server = await startApiServer();
  kubernetes = createKubernetes(server.config);
  clock = Date.now();
  for (const name of ['llm-research', 'vision-lab', 'fraud-detection']) server.namespaces.set(name, label);
  server.namespaces.set('kube-system', 'none');
});
afterEach(async () => {
  await kubernetes.close();
  await server.stop();
});

function access(provider: 'kubernetes' | 'openshift', settings: Record<string, unknown> = {}): ResolveScope {
  return createAccess(accessSettings({ provider, ...settings }), { kubernetes, now: () => clock });
}

function accessSettings(settings: Record<string, unknown>): Config['access'] {
  return configSchema.shape.access.parse(settings);
}

/** The identity of a user whom Kubernetes knows by their token. */
function caller(user: TestUser, { token = `${user.username}-token`, expiresIn = 3_600_000 } = {}): Identity {
  server.users.set(token, user);
  return { subject: user.username, name: user.username, claims: { projects: ['fraud-detection'], groups: ['odh-admins'] }, token, expiresAt: clock + expiresIn };
}

const only = (...namespaces: string[]) => ({ kind: 'namespaces', namespaces });
const reviews = () => server.count('/selfsubjectaccessreviews');

describe('the projects of a caller under the provider kubernetes', () => {
  it('are those namespaces with the label in which they may get the metrics of pods', async () => {
    expect(await access('kubernetes')(caller({ username: 'ada', may: mayIn('vision-lab', 'llm-research', 'kube-system') }))).toEqual(only('llm-research', 'vision-lab'));
  });

  it('are asked about with the caller’s token only; the service account does no more than list', async () => {
    await access('kubernetes')(caller({ username: 'ada', may: mayIn('vision-lab') }));
    expect(new Set(server.requests)).toEqual(new Set(['POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews ada-token', 'GET /api/v1/namespaces app-token']));
  });

  it('are all of them for who may in all namespaces', async () => {
    expect(await access('kubernetes')(caller({ username: 'root', may: mayIn('*') }))).toEqual({ kind: 'all' });
    expect(server.count('/namespaces')).toBe(0);
  });

  it('are none for who may nowhere, whatever their token claims', async () => {
    expect(await access('kubernetes')(caller({ username: 'guest' }))).toEqual({ kind: 'none' });
  });

  it('can be decided by another resource and another label', async () => {
    server.namespaces.set('own', 'team=x');
    const resolve = access('kubernetes', { kubernetes: { labelSelector: 'team=x', verb: 'list', group: '', resource: 'secrets' } });
    expect(await resolve(caller({ username: 'ada', may: ['list /secrets/ own', ...mayIn('vision-lab')] }))).toEqual(only('own'));
  });

  it('leave out names that would widen a matcher', async () => {
    for (const name of ['.*', 'a|b', 'UPPER']) server.namespaces.set(name, label);
    expect(await access('kubernetes')(caller({ username: 'ada', may: mayIn('.*', 'a|b', 'UPPER', 'vision-lab') }))).toEqual(only('vision-lab'));
  });

  it('are found among many without asking about all of them at once', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `p-${String(index).padStart(3, '0')}`);
    for (const name of names) server.namespaces.set(name, label);
    const mine = names.filter((_, index) => index % 7 === 0);
    expect(await access('kubernetes')(caller({ username: 'ada', may: mayIn(...mine) }))).toEqual(only(...mine));
    expect(reviews()).toBe(1 + 103);
    expect(server.mostRunning()).toBeLessThanOrEqual(16);
  });

  it('are nobody’s when one of the questions fails', async () => {
    let asked = 0;
    server.answerOtherwise((request, response) => {
      if (request.url?.includes('accessreviews') !== true || (asked += 1) !== 3) return false;
      response.writeHead(500, { 'content-type': 'application/json' }).end('{}');
      return true;
    });
    await expect(access('kubernetes')(caller({ username: 'ada', may: mayIn('vision-lab') }))).rejects.toMatchObject({ code: 'ERR_DATA_001' });
  });
});

describe('the projects of a caller under the provider openshift', () => {
  it('are their OpenShift projects', async () => {
    expect(await access('openshift')(caller({ username: 'ada', projects: ['vision-lab', 'llm-research'] }))).toEqual(only('llm-research', 'vision-lab'));
    expect(server.requests.every((request) => request.endsWith(' ada-token'))).toBe(true);
  });

  it('are all of them for who may get prometheuses/api in openshift-monitoring', async () => {
    expect(await access('openshift')(caller({ username: 'root', may: [getPrometheusApi], projects: ['default'] }))).toEqual({ kind: 'all' });
  });

  it.each([
    ['in another namespace', 'get monitoring.coreos.com/prometheuses/api llm-research'],
    ['of the resource without its subresource', 'get monitoring.coreos.com/prometheuses/ openshift-monitoring'],
    ['of another group', 'get /prometheuses/api openshift-monitoring'],
  ])('are not all of them for a role %s', async (_, role) => {
    expect(await access('openshift')(caller({ username: 'ada', may: [role], projects: ['vision-lab'] }))).toEqual(only('vision-lab'));
  });

  it('are none without projects, and leave out names that Kubernetes would not allow', async () => {
    expect(await access('openshift')(caller({ username: 'guest', projects: [] }))).toEqual({ kind: 'none' });
    expect(await access('openshift')(caller({ username: 'ada', projects: ['.*', 'vision-lab'] }))).toEqual(only('vision-lab'));
  });
});

describe.each(['kubernetes', 'openshift'] as const)('a decision of the provider %s', (provider) => {
  const granted = { username: 'ada', may: mayIn('vision-lab'), projects: ['vision-lab'] };
  const revoked = { username: 'ada' };

  it('is made once for 50 queries at the same time', async () => {
    const resolve = access(provider);
    const ada = caller(granted);
    const scopes = await Promise.all(Array.from({ length: 50 }, () => resolve(ada)));
    expect(new Set(scopes.map((scope) => JSON.stringify(scope)))).toEqual(new Set([JSON.stringify(only('vision-lab'))]));
    expect(reviews()).toBe(provider === 'kubernetes' ? 4 : 1);
  });

  it('is gone 30 seconds after it was made, and a revoked membership with it', async () => {
    const resolve = access(provider);
    const ada = caller(granted);
    expect(await resolve(ada)).toEqual(only('vision-lab'));
    caller(revoked);
    clock += 29_999;
    expect(await resolve(ada)).toEqual(only('vision-lab'));
    clock += 1;
    expect(await resolve(ada)).toEqual({ kind: 'none' });
  });

  it('ends with the token', async () => {
    const resolve = access(provider);
    const ada = caller(granted, { expiresIn: 5_000 });
    await resolve(ada);
    caller(revoked);
    clock += 5_000;
    expect(await resolve(ada)).toEqual({ kind: 'none' });
  });

  it('belongs to the token it was made for, not to the subject', async () => {
    const resolve = access(provider);
    await resolve(caller(granted));
    expect(await resolve(caller(revoked, { token: 'a-narrower-token' }))).toEqual({ kind: 'none' });
  });

  it('is a refusal while Kubernetes is down, never an earlier grant, and works again at once', async () => {
    const resolve = access(provider);
    const ada = caller(granted);
    await resolve(ada);
    clock += 30_000;
    server.answerOtherwise((request) => (request.socket.destroy(), true));
    await expect(resolve(ada)).rejects.toMatchObject({ code: 'ERR_DATA_001' });
    server.answerOtherwise(undefined);
    expect(await resolve(ada)).toEqual(only('vision-lab'));
  });

  it('is a refusal for a token that Kubernetes does not accept any more', async () => {
    const resolve = access(provider);
    const ada = caller(granted);
    server.users.clear();
    await expect(resolve(ada)).rejects.toMatchObject({ code: 'ERR_AUTH_002' });
  });

  it('can be kept shorter', async () => {
    const resolve = access(provider, { cache: '2s' });
    const ada = caller(granted);
    await resolve(ada);
    caller(revoked);
    clock += 2_000;
    expect(await resolve(ada)).toEqual({ kind: 'none' });
  });
});

it('claims are read anew from each token, without asking anybody', async () => {
  const resolve = createAccess(accessSettings({ claims: { administrators: ['odh-admins'] } }), { kubernetes: undefined, now: () => clock });
  expect(await resolve({ ...caller({ username: 'ada' }), claims: { projects: ['vision-lab'] } })).toEqual(only('vision-lab'));
  expect(await resolve({ ...caller({ username: 'ada' }), claims: { projects: [] } })).toEqual({ kind: 'none' });
  expect(server.requests).toEqual([]);
});

describe.each(['kubernetes', 'openshift'] as const)('what a caller may change under the provider %s', (provider) => {
  it('are the dashboards of projects in which Kubernetes lets them update such resources, whatever their token claims', async () => {
    const mayEdit = createEdit(accessSettings({ provider, claims: { administrators: ['odh-admins'] } }), kubernetes);
    const editor = caller({ username: 'ada', groups: [], may: ['update perses.dev/persesdashboards/ llm-research'], projects: [] });
    expect(await mayEdit(editor, 'llm-research')).toBe(true);
    expect(await mayEdit(editor, 'fraud-detection')).toBe(false);
    server.users.delete(editor.token);
    await expect(mayEdit(editor, 'llm-research')).rejects.toMatchObject({ code: 'ERR_AUTH_002' });
  });
});
