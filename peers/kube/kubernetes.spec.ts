/** Callers with opaque tokens, and a real Kubernetes that says who they are and what they may see. */
import { projectsIn } from '../support/answers';
import { accountToken, administrators, grant, memberships, projects, withdraw } from './cluster';
import type { ControlPlane } from './control-plane';
import { ask, expect, query, test } from './fixtures';

/** For how long the app may keep what Kubernetes said. */
const kept = 30_000;

async function reviewedName(cluster: ControlPlane, token: string): Promise<unknown> {
  const { body } = await cluster.call('/apis/authentication.k8s.io/v1/selfsubjectreviews', { token, body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' } });
  return (body as { status?: { userInfo?: { username?: string } } }).status?.userInfo?.username;
}

async function may(cluster: ControlPlane, token: string, resourceAttributes: Readonly<Record<string, string>>): Promise<boolean> {
  const { body } = await cluster.call('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    token,
    body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } },
  });
  return (body as { status: { allowed: boolean } }).status.allowed;
}

const mayRead = (cluster: ControlPlane, token: string, namespace: string) => may(cluster, token, { namespace, verb: 'get', group: 'metrics.k8s.io', resource: 'pods' });

test('Kubernetes says of an opaque token whose it is and which projects its owner may read, and refuses it soon after it was revoked', async ({ cluster }) => {
  const readable: Record<string, string[]> = {};
  for (const username of ['sam', 'morgan', 'alex']) {
    const token = cluster.issueToken({ username, groups: username === 'alex' ? [administrators] : [] });
    expect(await reviewedName(cluster, token)).toBe(username);
    readable[username] = [];
    for (const project of projects) if (await mayRead(cluster, token, project)) readable[username].push(project);
    cluster.revokeToken(token);
    // Kubernetes trusts its own last answer for ten seconds; that is not configurable.
    await expect.poll(() => reviewedName(cluster, token)).toBeUndefined();
  }
  expect(readable).toEqual({ ...memberships, alex: [...projects] });
});

test('the account that the chart makes may list namespaces, which is all that the app does with it', async ({ cluster }) => {
  const token = await accountToken(cluster);
  expect(await reviewedName(cluster, token)).toBe('system:serviceaccount:opendatahub:odh-observability');
  expect((await cluster.call('/api/v1/namespaces', { token })).status).toBe(200);
  const more: Record<string, string>[] = [
    { verb: 'get', resource: 'namespaces', name: 'opendatahub' },
    { verb: 'watch', resource: 'namespaces' },
    { verb: 'get', resource: 'secrets', namespace: 'opendatahub' },
    { verb: 'list', resource: 'pods' },
    { verb: 'get', group: 'metrics.k8s.io', resource: 'pods' },
    { verb: 'impersonate', resource: 'users' },
    { verb: 'create', group: 'authentication.k8s.io', resource: 'tokenreviews' },
    { verb: 'create', group: 'authorization.k8s.io', resource: 'subjectaccessreviews' },
    { verb: '*', group: '*', resource: '*' },
  ];
  for (const attributes of more) expect(await may(cluster, token, attributes), JSON.stringify(attributes)).toBe(false);
});

test('with an opaque token a person sees the projects in which Kubernetes lets them read metrics, and no others', async ({ request, cluster }) => {
  const seen: Record<string, string[]> = {};
  for (const username of ['sam', 'morgan', 'alex']) {
    const token = cluster.issueToken({ username, groups: username === 'alex' ? [administrators] : [] });
    seen[username] = await projectsIn(await ask(request, token));
  }
  expect(seen).toEqual({ ...memberships, alex: [...projects] });
});

test('a token that Kubernetes does not know is refused, and headers that claim a user are not read', async ({ request, cluster }) => {
  for (const headers of [{ authorization: 'Bearer sha256~invented' }, { 'x-remote-user': 'alex', 'x-forwarded-user': 'alex', 'impersonate-user': 'alex' }]) {
    expect((await request.get('/api/me', { headers })).status()).toBe(401);
  }
  // Impersonation is for those whom Kubernetes lets; the app passes no such header on.
  const bearer = { authorization: `Bearer ${cluster.issueToken({ username: 'sam' })}`, 'impersonate-user': 'alex', 'impersonate-group': administrators };
  expect(await projectsIn(await request.get(query, { headers: bearer }))).toEqual(memberships.sam);
});

test('who loses a role sees nothing of the project within half a minute, and who gets one sees it', async ({ request, cluster }) => {
  const token = cluster.issueToken({ username: 'sam' });
  expect(await projectsIn(await ask(request, token))).toEqual(['llm-research']);
  await withdraw(cluster, 'sam', 'llm-research');
  await grant(cluster, 'sam', 'bert-serving');
  const changed = Date.now();
  /** When the last request was sent whose answer still held what was taken away. */
  let lastStale = changed;
  const seenNow = async () => {
    const sent = Date.now();
    const seen = await projectsIn(await ask(request, token));
    if (seen.includes('llm-research')) lastStale = sent;
    return seen;
  };
  try {
    await expect.poll(seenNow, { timeout: 90_000 }).toEqual(['bert-serving']);
    expect(lastStale - changed).toBeLessThan(kept);
  } finally {
    await withdraw(cluster, 'sam', 'bert-serving');
    await grant(cluster, 'sam', 'llm-research');
  }
});

test('a revoked token is refused once Kubernetes and the app have forgotten it', async ({ request, cluster }) => {
  const token = cluster.issueToken({ username: 'morgan' });
  expect(await projectsIn(await ask(request, token))).toEqual(memberships.morgan);
  cluster.revokeToken(token);
  await expect.poll(async () => (await ask(request, token)).status(), { timeout: 90_000 }).toBe(401);
});
