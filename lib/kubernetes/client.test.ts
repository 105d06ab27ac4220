import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listen } from '../identity/testing/listen';
import { createKubernetes, type Kubernetes } from './client';
import { startApiServer, type ApiServer } from './testing/api-server';

// A machine that does much else at the same time needs longer for many requests.
vi.setConfig({ testTimeout: 30_000 });

const getPods = { verb: 'get', group: 'metrics.k8s.io', resource: 'pods', subresource: '' };
const selector = 'opendatahub.io/dashboard=true';
const soon = () => AbortSignal.timeout(20_000);

let server: ApiServer;
let kubernetes: Kubernetes;

beforeEach(async () => {
  server = await startApiServer();
  kubernetes = createKubernetes(server.config);
  server.users.set('ada-token', { username: 'ada', groups: ['data-scientists'], may: ['get metrics.k8s.io/pods/ llm-research'], projects: ['llm-research'] });
});
afterEach(async () => {
  await kubernetes.close();
  await server.stop();
});

describe('what Kubernetes says about the holder of a token', () => {
  it('is who they are and what they may, asked with their own token', async () => {
    expect(await kubernetes.whoIs('ada-token', soon())).toEqual({ username: 'ada', groups: ['data-scientists'] });
    expect(await kubernetes.isAllowed('ada-token', { ...getPods, namespace: 'llm-research' }, soon())).toBe(true);
    expect(await kubernetes.isAllowed('ada-token', { ...getPods, namespace: 'fraud-detection' }, soon())).toBe(false);
    expect(await kubernetes.isAllowed('ada-token', getPods, soon())).toBe(false);
    expect(await kubernetes.listProjects('ada-token', soon())).toEqual(['llm-research']);
    expect(server.requests.filter((request) => !request.endsWith(' ada-token'))).toEqual([]);
  });

  it('is a refusal when it does not accept the token', async () => {
    await expect(kubernetes.whoIs('stolen', soon())).rejects.toMatchObject({ code: 'ERR_AUTH_002' });
    await expect(kubernetes.isAllowed('stolen', getPods, soon())).rejects.toMatchObject({ code: 'ERR_AUTH_002' });
    await expect(kubernetes.listProjects('stolen', soon())).rejects.toMatchObject({ code: 'ERR_AUTH_002' });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['words', 'allowed'],
    ['a review without an answer', { status: {} }],
    ['an allowance that is no boolean', { status: { allowed: 'yes' } }],
    ['somebody else’s kind of answer', { status: 'success', data: { result: [] } }],
  ])('is an error when the answer is %s', async (_, body) => {
    server.answerOtherwise((_request, response) => (response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(body)), true));
    await expect(kubernetes.isAllowed('ada-token', getPods, soon())).rejects.toMatchObject({ code: 'ERR_DATA_001' });
    await expect(kubernetes.whoIs('ada-token', soon())).rejects.toMatchObject({ code: 'ERR_DATA_001' });
    await expect(kubernetes.listProjects('ada-token', soon())).rejects.toMatchObject({ code: 'ERR_DATA_001' });
  });

  it('is no when one of several authorizers denies what another one allows', async () => {
    server.answerOtherwise((_request, response) => (response.writeHead(201, { 'content-type': 'application/json' }).end('{"status":{"allowed":true,"denied":true}}'), true));
    expect(await kubernetes.isAllowed('ada-token', getPods, soon())).toBe(false);
  });
});

describe('the list of namespaces', () => {
  it('is read page by page, with the service account and the label selector', async () => {
    const names = Array.from({ length: 1_234 }, (_, index) => `project-${index}`);
    for (const name of names) server.namespaces.set(name, selector);
    server.namespaces.set('kube-system', '');
    expect(await kubernetes.listNamespaces(selector, soon())).toEqual(names);
    expect(server.requests).toEqual(Array.from({ length: 3 }, () => 'GET /api/v1/namespaces app-token'));
  });

  it('goes on when the token of the service account rotates', async () => {
    server.namespaces.set('llm-research', selector);
    await kubernetes.listNamespaces(selector, soon());
    await server.rotate('second-token');
    expect(await kubernetes.listNamespaces(selector, soon())).toEqual(['llm-research']);
  });

  it('is never blamed on the caller’s token', async () => {
    server.answerOtherwise((_request, response) => (response.writeHead(401, { 'content-type': 'application/json' }).end('{}'), true));
    await expect(kubernetes.listNamespaces(selector, soon())).rejects.toMatchObject({ code: 'ERR_DATA_001' });
  });

  it('may be empty, which Go writes as null', async () => {
    server.answerOtherwise((_request, response) => (response.writeHead(200, { 'content-type': 'application/json' }).end('{"metadata":{},"items":null}'), true));
    expect(await kubernetes.listProjects('ada-token', soon())).toEqual([]);
  });
});

describe('an API server that does not work', () => {
  it.each([500, 503, 429, 404, 403])('that answers %i is an error, with its words for the log only', async (status) => {
    server.answerOtherwise((_request, response) => (response.writeHead(status, { 'content-type': 'application/json', 'set-cookie': 'a=b' }).end('{"message":"etcdserver: leader changed"}'), true));
    const error: unknown = await kubernetes.whoIs('ada-token', soon()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ERR_DATA_001', detail: 'Kubernetes could not be asked who you are or what you may see.' });
    expect(error).toHaveProperty('cause.message', `the Kubernetes API answered ${status} {"message":"etcdserver: leader changed"}`);
  });

  it('is down when it answers with a server error, and up when it asks for a credential', async () => {
    const answers = (status: number) => server.answerOtherwise((_request, response) => (response.writeHead(status, { 'content-type': 'application/json' }).end('{}'), true));
    answers(503);
    await expect(kubernetes.check(soon())).rejects.toThrow('answered 503');
    answers(401);
    await expect(kubernetes.check(soon())).resolves.toBeUndefined();
  });

  it('that answers nothing at all is an error when the time is over', async () => {
    server.answerOtherwise(() => true);
    await expect(kubernetes.whoIs('ada-token', AbortSignal.timeout(200))).rejects.toMatchObject({ code: 'ERR_DATA_001' });
  });

  it('that is not there is an error', async () => {
    const gone = createKubernetes({ ...server.config, url: 'http://127.0.0.1:1' });
    await expect(gone.whoIs('ada-token', soon())).rejects.toMatchObject({ code: 'ERR_DATA_001' });
    await expect(gone.check(soon())).rejects.toThrow();
    await gone.close();
  });

  it('that sends the app elsewhere gets no token there', async () => {
    const seen: string[] = [];
    const elsewhere = await listen(createServer((request, response) => (seen.push(request.headers.authorization ?? ''), response.end('{}'))));
    server.answerOtherwise((_request, response) => (response.writeHead(307, { location: `${elsewhere.url}/` }).end(), true));
    await expect(kubernetes.whoIs('ada-token', soon())).rejects.toMatchObject({ code: 'ERR_DATA_001' });
    expect(seen).toEqual([]);
    await elsewhere.close();
  });

  it('is told apart from one that works, without any token', async () => {
    await kubernetes.check(soon());
    expect(server.requests).toEqual(['GET /version ']);
  });
});

it('certificates that cannot be read stop the start', () => {
  expect(() => createKubernetes({ ...server.config, url: 'https://127.0.0.1:1' })).toThrow('kubernetes.caFile cannot be read');
});
