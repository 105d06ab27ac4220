/**
 * A small server that speaks the part of the Kubernetes API that this app asks: who a token belongs to, what its holder
 * may, namespaces, OpenShift projects. Shapes and status codes are those of Kubernetes 1.34.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { KubernetesConfig } from '../../config/schema';
import { listen } from '../../identity/testing/listen';

export interface TestUser {
  readonly username: string;
  readonly groups?: readonly string[];
  /** What they may, as `verb group/resource/subresource namespace`; namespace `*` stands for a role in all of them. */
  readonly may?: readonly string[];
  /** Their OpenShift projects. */
  readonly projects?: readonly string[];
}

const accessReview = z.object({
  spec: z.object({
    resourceAttributes: z.object({ verb: z.string(), group: z.string(), resource: z.string(), subresource: z.string(), namespace: z.string().default('') }),
  }),
});

export type ApiServer = Awaited<ReturnType<typeof startApiServer>>;

export async function startApiServer() {
  const directory = await mkdtemp(join(tmpdir(), 'kubernetes-'));
  const tokenFile = join(directory, 'token');
  await writeFile(tokenFile, 'app-token\n');

  /** By token. */
  const users = new Map<string, TestUser>();
  /** Labels by namespace. */
  const namespaces = new Map<string, string>();
  /** `METHOD path token`, as they came. */
  const requests: string[] = [];
  let appToken = 'app-token';
  /** Answers instead of the server. */
  let instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  let running = 0;
  let mostRunning = 0;

  const server = createServer((request, response) => {
    running += 1;
    mostRunning = Math.max(mostRunning, running);
    response.on('close', () => (running -= 1));
    void answer(request, response);
  });

  function send(response: ServerResponse, status: number, body: unknown): void {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  function refuse(response: ServerResponse, code: number, reason: string): void {
    send(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message: reason, reason, code });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://kubernetes');
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    requests.push(`${request.method ?? ''} ${pathname} ${token}`);
    if (instead?.(request, response) === true) return;
    const user: TestUser | undefined = token === appToken ? { username: 'system:serviceaccount:observability:app' } : users.get(token);
    const body = await text(request);
    if (pathname === '/version') send(response, 200, { major: '1', minor: '34', gitVersion: 'v1.34.0' });
    else if (user === undefined) refuse(response, 401, 'Unauthorized');
    else if (pathname === '/apis/authentication.k8s.io/v1/selfsubjectreviews') send(response, 201, { ...parse(body), status: { userInfo: { username: user.username, groups: user.groups } } });
    else if (pathname === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews') send(response, 201, { ...parse(body), status: { allowed: isAllowed(user, body) } });
    else if (pathname === '/apis/project.openshift.io/v1/projects') send(response, 200, list('ProjectList', user.projects ?? [], searchParams));
    else if (pathname !== '/api/v1/namespaces') refuse(response, 404, 'NotFound');
    else if (token !== appToken) refuse(response, 403, 'namespaces is forbidden');
    else send(response, 200, list('NamespaceList', [...namespaces].filter(([, label]) => label === searchParams.get('labelSelector')).map(([name]) => name), searchParams));
  }

  const { url, close } = await listen(server);
  const config: KubernetesConfig = { url, caFile: '/nowhere', tokenFile };
  return {
    config,
    users,
    namespaces,
    requests,
    /** Requests of a kind, whoever sent them. */
    count: (path: string) => requests.filter((request) => request.split(' ')[1]?.endsWith(path)).length,
    mostRunning: () => mostRunning,
    /** The service account gets another token; the old one is worth nothing from now on. */
    async rotate(token: string): Promise<void> {
      appToken = token;
      await writeFile(tokenFile, `${token}\n`);
    },
    /** Makes the server answer otherwise, where the function says that it has answered; undefined ends that. */
    answerOtherwise: (answers: typeof instead) => {
      instead = answers;
    },
    async stop(): Promise<void> {
      await close();
      await rm(directory, { recursive: true });
    },
  };
}

function parse(body: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(body));
}

function isAllowed({ may = [] }: TestUser, body: string): boolean {
  const { verb, group, resource, subresource, namespace } = accessReview.parse(JSON.parse(body)).spec.resourceAttributes;
  const what = `${verb} ${group}/${resource}/${subresource}`;
  return may.includes(`${what} *`) || (namespace !== '' && may.includes(`${what} ${namespace}`));
}

/** One page of a list; the token for the next is the place where it begins. */
function list(kind: string, names: readonly string[], parameters: URLSearchParams): unknown {
  const begin = Number(parameters.get('continue') ?? 0);
  const end = begin + Number(parameters.get('limit') ?? names.length);
  return {
    kind,
    apiVersion: 'v1',
    metadata: { resourceVersion: '1', ...(end < names.length ? { continue: String(end) } : {}) },
    items: names.slice(begin, end).map((name) => ({ metadata: { name, labels: {} } })),
  };
}
