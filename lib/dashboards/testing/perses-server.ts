/** A small server that keeps dashboards as a Perses server does (https://perses.dev/perses/docs/api/dashboard/). */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { listen } from '../../identity/testing/listen';

const entity = z.looseObject({ kind: z.literal('Dashboard'), metadata: z.looseObject({ name: z.string(), project: z.string(), version: z.number().default(0) }) });
type Entity = z.infer<typeof entity>;

/** The project that it has. */
const onlyProject = 'a';

export type PersesServer = Awaited<ReturnType<typeof startPersesServer>>;

export async function startPersesServer() {
  const dashboards = new Map<string, Entity>();
  /** `METHOD path token`, as they came. */
  const requests: string[] = [];
  /** Projects that the holder of a token may change; every other token is not known. */
  const editors = new Map<string, readonly string[]>([['reader', []]]);
  let instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;

  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '' } = request;
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    requests.push(`${method} ${path} ${token}`);
    const body = await text(request);
    if (instead?.(request, response) === true) return;
    const send = (status: number, value: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(value === undefined ? undefined : JSON.stringify(value));
    const mine = editors.get(token);
    const [, project = '', name] = /^\/perses\/api\/v1\/projects\/([^/]+)\/dashboards(?:\/([^/]+))?$/.exec(path) ?? [];
    const key = `${project}/${name ?? (method === 'POST' ? entity.parse(JSON.parse(body)).metadata.name : '')}`;
    const before = dashboards.get(key);
    if (mine === undefined) send(401, { message: 'missing or malformed jwt' });
    else if (path === '/perses/api/v1/dashboards') send(200, [...dashboards.values()]);
    else if (project === '') send(404, { message: 'not found' });
    else if (project !== onlyProject) send(400, { message: `bad request: metadata.project "${project}" doesn't exist` });
    else if (method !== 'GET' && !mine.includes(project)) send(403, { message: 'forbidden access' });
    else if (method === 'POST' && before !== undefined) send(409, { message: 'document already exists' });
    else if (method === 'POST') send(200, put(JSON.parse(body)));
    else if (before === undefined) send(404, { message: 'document not found' });
    else if (method === 'GET') send(200, before);
    else if (method === 'PUT') send(200, put(JSON.parse(body)));
    else if (method === 'DELETE') {
      dashboards.delete(key);
      send(204, undefined);
    } else send(405, { message: 'method not allowed' });
  }

  function put(value: unknown): Entity {
    const written = entity.parse(value);
    const key = `${written.metadata.project}/${written.metadata.name}`;
    const before = dashboards.get(key);
    const times = { createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-02T00:00:00Z' };
    const stored = { ...written, metadata: { ...written.metadata, ...times, version: before === undefined ? 0 : before.metadata.version + 1 } };
    dashboards.set(key, stored);
    return stored;
  }

  const { url, close } = await listen(server);
  return {
    url: `${url}/perses`,
    dashboards,
    requests,
    editors,
    put,
    /** Makes the server answer otherwise, where the function says that it has answered; undefined ends that. */
    answerOtherwise: (answers: typeof instead) => {
      instead = answers;
    },
    stop: close,
  };
}
