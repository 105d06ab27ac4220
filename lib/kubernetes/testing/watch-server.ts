/**
 * A small server that keeps collections as the Kubernetes API does: lists in pages, watches with bookmarks, versions
 * that expire, writes that conflict. For the ways of a real one that cannot be called up at will.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { KubernetesConfig } from '../../config/schema';
import { listen } from '../../identity/testing/listen';

const stored = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string(), resourceVersion: z.string().optional(), labels: z.record(z.string(), z.string()).default({}) }),
});
type Stored = z.infer<typeof stored>;

/** The version that a write is meant for: in the object itself, or in the options of a removal. */
const expectedVersion = z
  .object({ metadata: z.object({ resourceVersion: z.string() }).optional(), preconditions: z.object({ resourceVersion: z.string() }).optional() })
  .transform(({ metadata, preconditions }) => (metadata ?? preconditions)?.resourceVersion);

interface Event {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: Stored;
}

interface Kept {
  readonly objects: Map<string, Stored>;
  readonly events: Event[];
}

export type WatchServer = Awaited<ReturnType<typeof startWatchServer>>;

/** @param collections their addresses, as the API server has them for the whole cluster: `/apis/perses.dev/v1alpha2/persesdashboards` */
export async function startWatchServer(collections: readonly string[]) {
  const directory = await mkdtemp(join(tmpdir(), 'kubernetes-'));
  const tokenFile = join(directory, 'token');
  await writeFile(tokenFile, 'app-token\n');

  const kept = new Map<string, Kept>(collections.map((collection) => [collection, { objects: new Map(), events: [] }]));
  const watches = new Set<{ response: ServerResponse; collection: string; namespace: string | undefined; selector: string | null }>();
  /** Query of every list and watch, as they came. */
  const asked: { path: string; query: URLSearchParams; token: string }[] = [];
  /** What a token may do, as `verb namespace`. The app's own account may read everything. */
  const rights = new Map<string, readonly string[]>([['app-token', ['get *']]]);
  let version = 100;
  let oldest = 0;
  let chunkSize = Infinity;
  let instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;

  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://kubernetes');
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (request.method === 'GET') asked.push({ path: pathname, query: searchParams, token });
    if (instead?.(request, response) === true) return;
    // /<group>/<collection>, or /<group>/namespaces/<namespace>/<collection>/<name>
    const [, group = '', namespace, plural = '', name] = /^(.*?)(?:\/namespaces\/([^/]+))?\/([^/]+?)(?:\/(?<=\/namespaces\/[^/]+\/[^/]+\/)([^/]+))?$/.exec(pathname) ?? [];
    const collection = `${group}/${plural}`;
    const found = kept.get(collection);
    const mine = rights.get(token);
    const verb = { POST: 'create', PUT: 'update', DELETE: 'delete' }[request.method ?? ''] ?? 'get';
    const body = request.method === 'GET' ? '' : await text(request);
    if (mine === undefined) refuse(response, 401, 'Unauthorized');
    else if (found === undefined) refuse(response, 404, 'the server could not find the requested resource');
    else if (!mine.includes(`${verb} *`) && !mine.includes(`${verb} ${namespace ?? ''}`)) refuse(response, 403, `user cannot ${verb} in ${namespace ?? ''}`);
    else if (verb !== 'get' || name !== undefined) answerOne(response, { collection, found, verb, namespace, name, body });
    else if (searchParams.get('watch') === '1') watch(response, collection, namespace, searchParams);
    else list(response, found, namespace, searchParams);
  }

  interface OneObject {
    readonly collection: string;
    readonly found: Kept;
    readonly verb: string;
    readonly namespace: string | undefined;
    readonly name: string | undefined;
    readonly body: string;
  }

  function answerOne(response: ServerResponse, { collection, found, verb, namespace, name, body }: OneObject): void {
    const sent: unknown = body === '' ? undefined : JSON.parse(body);
    const before = found.objects.get(`${namespace ?? ''}/${name ?? stored.parse(sent).metadata.name}`);
    if (verb === 'create' && before !== undefined) refuse(response, 409, 'already exists');
    else if (verb === 'create') send(response, 201, change(collection, 'ADDED', stored.parse(sent)));
    else if (before === undefined) refuse(response, 404, 'not found');
    else if (verb === 'get') send(response, 200, before);
    else if (expectedVersion.parse(sent) !== before.metadata.resourceVersion) refuse(response, 409, 'the object has been modified');
    else if (verb === 'update') send(response, 200, change(collection, 'MODIFIED', stored.parse(sent)));
    else send(response, 200, change(collection, 'DELETED', before));
  }

  function send(response: ServerResponse, status: number, body: unknown): void {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  function refuse(response: ServerResponse, code: number, message: string): void {
    send(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code });
  }

  function list(response: ServerResponse, { objects }: Kept, namespace: string | undefined, parameters: URLSearchParams): void {
    const all = [...objects.values()].filter((object) => isSelected(object, namespace, parameters.get('labelSelector')));
    const begin = Number(parameters.get('continue') ?? 0);
    const end = begin + Number(parameters.get('limit') ?? all.length);
    const items = all.slice(begin, end);
    send(response, 200, { metadata: { resourceVersion: String(version), ...(end < all.length ? { continue: String(end) } : {}) }, items: items.length === 0 ? null : items });
  }

  function watch(response: ServerResponse, collection: string, namespace: string | undefined, parameters: URLSearchParams): void {
    const from = Number(parameters.get('resourceVersion'));
    response.writeHead(200, { 'content-type': 'application/json' });
    if (from < oldest) {
      // As the real one does it: a success that holds the refusal.
      response.end(`${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, message: `too old resource version: ${from} (${oldest})` } })}\n`);
      return;
    }
    response.flushHeaders();
    const watching = { response, collection, namespace, selector: parameters.get('labelSelector') };
    watches.add(watching);
    response.on('close', () => watches.delete(watching));
    for (const { version: at, type, object } of kept.get(collection)?.events ?? []) {
      if (at > from && isSelected(object, namespace, watching.selector)) write(response, { type, object });
    }
  }

  function write(response: ServerResponse, event: unknown): void {
    const bytes = Buffer.from(`${JSON.stringify(event)}\n`);
    for (let begin = 0; begin < bytes.length; begin += chunkSize) response.write(bytes.subarray(begin, begin + Math.min(chunkSize, bytes.length)));
  }

  function change(collection: string, type: Event['type'], changed: Stored): Stored {
    version += 1;
    const object = { ...changed, metadata: { ...changed.metadata, resourceVersion: String(version) } };
    const { objects, events } = kept.get(collection) ?? { objects: new Map<string, Stored>(), events: [] };
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    if (type === 'DELETED') objects.delete(key);
    else objects.set(key, object);
    events.push({ version, type, object });
    for (const watching of watches) {
      if (watching.collection === collection && isSelected(object, watching.namespace, watching.selector)) write(watching.response, { type, object });
    }
    return object;
  }

  const { url, close } = await listen(server);
  const config: KubernetesConfig = { url, caFile: '/nowhere', tokenFile };
  return {
    config,
    asked,
    rights,
    /** Lists, or watches, that were asked for. */
    count: (what: 'list' | 'watch') => asked.filter(({ query }) => query.has('watch') === (what === 'watch')).length,
    watching: () => watches.size,
    /** Creates or replaces an object, with another version. */
    put(collection: string, object: unknown): void {
      const { metadata } = stored.parse(object);
      const exists = kept.get(collection)?.objects.has(`${metadata.namespace}/${metadata.name}`) === true;
      change(collection, exists ? 'MODIFIED' : 'ADDED', stored.parse(object));
    },
    remove(collection: string, namespace: string, name: string): void {
      const object = kept.get(collection)?.objects.get(`${namespace}/${name}`);
      if (object !== undefined) change(collection, 'DELETED', object);
    },
    get: (collection: string, namespace: string, name: string): unknown => kept.get(collection)?.objects.get(`${namespace}/${name}`),
    /** Defines a collection, or takes its definition away with everything in it. */
    define(collection: string, isDefined: boolean): void {
      if (isDefined) kept.set(collection, { objects: new Map(), events: [] });
      else kept.delete(collection);
    },
    /** Tells every watch which version there is by now. */
    bookmark(): void {
      version += 1;
      for (const { response } of watches) write(response, { type: 'BOOKMARK', object: { metadata: { resourceVersion: String(version) } } });
    },
    /** Forgets what led to the present state. */
    compact(): void {
      version += 1;
      oldest = version;
      for (const { events } of kept.values()) events.length = 0;
    },
    /** Ends every watch: in good order, or by cutting its connection. */
    endWatches(how: 'end' | 'cut'): void {
      for (const { response } of watches) {
        if (how === 'cut') response.destroy();
        else response.end();
      }
      watches.clear();
    },
    /** Sends events in pieces of so many bytes. */
    splitInto: (bytes: number) => {
      chunkSize = bytes;
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

function isSelected({ metadata }: Stored, namespace: string | undefined, selector: string | null): boolean {
  const [label = '', value = ''] = (selector ?? '').split('=');
  return (namespace === undefined || metadata.namespace === namespace) && (selector === null || metadata.labels[label] === value);
}
