/**
 * Keeps a copy of a collection of the Kubernetes API: lists it, then watches what changes, and goes on from where it was
 * when the connection is lost (https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes).
 * What was read last stays while the API server is away. Knows no kind of resource.
 */
import { z } from 'zod';
import { describeError } from '../telemetry/describe-error';
import type { Logger } from '../telemetry/logger';
import type { OpenedAnswer } from './http';
import { linesOf } from './lines';

const objectSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().min(1),
    resourceVersion: z.string().min(1),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    creationTimestamp: z.string().optional(),
    managedFields: z.array(z.looseObject({ time: z.string().optional(), subresource: z.string().optional() })).optional(),
  }),
});

/** An object of a namespace, as the API server answers it. */
export type KubernetesObject = z.infer<typeof objectSchema>;

export const parseObject = (value: unknown): KubernetesObject => objectSchema.parse(value);

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().min(1), continue: z.string().optional() }),
  // Go writes an empty list as null.
  items: z.array(objectSchema).nullable(),
});
const bookmark = z.object({ metadata: z.object({ resourceVersion: z.string().min(1) }) });
const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['ADDED', 'MODIFIED', 'DELETED']), object: objectSchema }),
  z.object({ type: z.literal('BOOKMARK'), object: bookmark }),
  z.object({ type: z.literal('ERROR'), object: z.object({ code: z.number().optional(), message: z.string().optional() }) }),
]);

export type CollectionStatus =
  | { readonly kind: 'starting' | 'live' }
  /** The API server has no such collection, for want of its definition. */
  | { readonly kind: 'absent' }
  /** Changes are not seen at the moment. */
  | { readonly kind: 'lost'; readonly reason: string };

export interface FollowOptions {
  /** Addresses of the collection; of those that the API server has, the one that stands first is followed. */
  readonly paths: readonly [string, ...string[]];
  readonly labelSelector?: string;
  readonly onChange: () => void;
}

export interface FollowDependencies {
  readonly open: (path: string, signal: AbortSignal) => Promise<OpenedAnswer>;
  readonly log: Logger;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
}

export interface Collection {
  /** By `namespace/name`. */
  readonly objects: () => ReadonlyMap<string, KubernetesObject>;
  readonly status: () => CollectionStatus;
  /** The address that is followed. */
  readonly path: () => string;
  /** Resolves when the collection was read for the first time, or could not be. */
  readonly settled: Promise<void>;
  /** Whether it was ever read. */
  readonly isKnown: () => boolean;
  /** Takes over what the API server answered to a write, before the watch tells of it. */
  readonly put: (object: KubernetesObject) => void;
  readonly forget: (namespace: string, name: string) => void;
  /** Resolves when nothing of it runs any more. */
  readonly close: () => Promise<void>;
}

/** Milliseconds between attempts: doubled from the first to the longest, with up to half of it taken off at random. */
const firstDelay = 500;
const longestDelay = 15_000;
const longestRetryAfter = 60_000;
/** How often is looked whether a collection that is not there has come. */
const absentDelay = 30_000;
/** A watch that lasted this long has worked, even when nothing changed. */
const longEnough = 5_000;
const listTimeout = 30_000;
const pageSize = 500;
/** Seconds after which the API server ends a watch; half as much again at random, so that not all end together. */
const watchSeconds = 240;
/** What it may take longer than it was asked to. */
const watchGrace = 30_000;

/** What was asked for is not kept any more: the collection must be listed anew. */
class Expired extends Error {}

/** The API server answered with an error, or not at all. */
class Refused extends Error {
  constructor(
    message: string,
    readonly retryAfter: number | undefined,
    /** Whether asking to go on from the same place may work. */
    readonly isResumable: boolean,
  ) {
    super(message);
  }
}

/** Follows a collection until it is closed. */
export function follow({ paths, labelSelector, onChange }: FollowOptions, { open, log, wait, random, now }: FollowDependencies): Collection {
  const closing = new AbortController();
  const { signal } = closing;
  const isClosed = (): boolean => signal.aborted;
  let path: string = paths[0];
  let objects = new Map<string, KubernetesObject>();
  let status: CollectionStatus = { kind: 'starting' };
  let known = false;
  /** Attempts since the API server told something. */
  let failures = 0;
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => (settle = resolve));
  const running = run();

  function become(next: CollectionStatus): void {
    const before = status;
    status = next;
    if (before.kind === next.kind) return;
    if (next.kind === 'lost') log.warn({ path, reason: next.reason }, 'Kubernetes is not followed, what was read last is kept');
    else if (next.kind === 'absent') log.info({ paths }, 'the Kubernetes API has no such collection');
    else log.info({ path, count: objects.size }, 'Kubernetes is followed');
    onChange();
  }

  async function run(): Promise<void> {
    let version: string | undefined;
    let pause = 0;
    while (!isClosed()) {
      if (pause > 0) await wait(pause, signal);
      failures += 1;
      pause = 0;
      try {
        version ??= await list();
        if (version === undefined) pause = absentDelay;
        else version = await watch(version);
      } catch (error) {
        if (isClosed()) break;
        const refused = error instanceof Refused ? error : undefined;
        if (refused?.isResumable !== true) version = undefined;
        if (!(error instanceof Expired)) become({ kind: 'lost', reason: describeError(error).message });
        pause = Math.min((refused?.retryAfter ?? 0) * 1_000, longestRetryAfter);
      }
      settle();
      pause = Math.max(pause, backOff());
    }
    settle();
  }

  function backOff(): number {
    return failures === 0 ? 0 : Math.min(firstDelay * 2 ** (failures - 1), longestDelay) * (1 - random() / 2);
  }

  /** Reads everything. Resolves with the version that it had then, or undefined when there is no such collection. */
  async function list(): Promise<string | undefined> {
    for (const candidate of paths) {
      const found = await listAll(candidate);
      if (found === undefined) continue;
      path = candidate;
      const before = objects;
      objects = new Map(found.items.map((object) => [keyOf(object), kept(before.get(keyOf(object)), object)]));
      known = true;
      settle();
      onChange();
      return found.version;
    }
    objects = new Map();
    known = true;
    become({ kind: 'absent' });
    return undefined;
  }

  async function listAll(candidate: string): Promise<{ items: KubernetesObject[]; version: string } | undefined> {
    const items: KubernetesObject[] = [];
    let next: string | undefined;
    for (;;) {
      const page = await ask(candidate, { limit: String(pageSize), ...(next === undefined ? {} : { continue: next }) }, listTimeout, async ({ body }) => {
        const texts: string[] = [];
        for await (const line of linesOf(body)) texts.push(line);
        return listSchema.parse(JSON.parse(texts.join('\n')));
      });
      if (page === undefined) return undefined;
      items.push(...(page.items ?? []));
      next = page.metadata.continue;
      if (next === undefined || next === '') return { items, version: page.metadata.resourceVersion };
    }
  }

  /** Resolves with the version to go on from when the API server ends the watch, or the connection is lost. */
  async function watch(from: string): Promise<string> {
    let version = from;
    const timeoutSeconds = Math.round(watchSeconds * (1 + random() / 2));
    const parameters = { watch: '1', allowWatchBookmarks: 'true', resourceVersion: from, timeoutSeconds: String(timeoutSeconds) };
    const watched = await ask(path, parameters, timeoutSeconds * 1_000 + watchGrace, async ({ body }) => {
      become({ kind: 'live' });
      const begun = now();
      for await (const line of untilCut(linesOf(body))) {
        const event = eventSchema.parse(JSON.parse(line));
        failures = 0;
        if (event.type === 'ERROR') throw new Expired(event.object.message);
        version = event.object.metadata.resourceVersion;
        if (event.type === 'BOOKMARK') continue;
        if (event.type === 'DELETED') forget(event.object.metadata.namespace, event.object.metadata.name);
        else put(event.object);
      }
      if (now() - begun >= longEnough) failures = 0;
      return version;
    });
    // The collection itself is gone.
    if (watched === undefined) throw new Expired();
    return watched;
  }

  /** One GET, within a time. Resolves with undefined where there is nothing at the address. */
  async function ask<Result>(address: string, parameters: Record<string, string>, timeout: number, read: (answer: OpenedAnswer) => Promise<Result>): Promise<Result | undefined> {
    const attempt = new AbortController();
    const abort = (): void => attempt.abort();
    const timer = setTimeout(abort, timeout);
    signal.addEventListener('abort', abort, { once: true });
    try {
      const query = new URLSearchParams({ ...parameters, ...(labelSelector === undefined ? {} : { labelSelector }) });
      const answer = await open(`${address}?${query.toString()}`, attempt.signal).catch((error: unknown) => {
        throw new Refused(`The Kubernetes API cannot be reached: ${describeError(error).message}`, undefined, true);
      });
      if (answer.status === 200) return await read(answer);
      if (answer.status === 404) return undefined;
      if (answer.status === 410) throw new Expired();
      throw new Refused(refusal(answer.status), answer.retryAfter, answer.status === 429 || answer.status >= 500);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      // What was not read of the answer would keep its connection.
      attempt.abort();
    }
  }

  function put(object: KubernetesObject): void {
    const key = keyOf(object);
    const before = objects.get(key);
    if (before !== undefined && isOlder(object, before)) return;
    objects.set(key, kept(before, object));
    onChange();
  }

  function forget(namespace: string, name: string): void {
    if (objects.delete(`${namespace}/${name}`)) onChange();
  }

  return {
    objects: () => objects,
    status: () => status,
    path: () => path,
    settled,
    isKnown: () => known,
    put,
    forget,
    close: async () => {
      closing.abort();
      await running;
    },
  };
}

/** A stream that is cut off ends; what comes after it is asked for anew. */
async function* untilCut(lines: AsyncIterable<string>): AsyncIterable<string> {
  const iterator = lines[Symbol.asyncIterator]();
  for (;;) {
    const next = await iterator.next().catch(() => undefined);
    if (next === undefined || next.done === true) return;
    yield next.value;
  }
}

function refusal(status: number): string {
  const what = status === 401 || status === 403 ? 'The service account of this app may not list and watch this: the Kubernetes API' : 'The Kubernetes API';
  return `${what} answered ${status}`;
}

const keyOf = ({ metadata }: KubernetesObject): string => `${metadata.namespace}/${metadata.name}`;

/** The object that is known already where it has not changed, so that nothing made from it must be made again. */
function kept(before: KubernetesObject | undefined, object: KubernetesObject): KubernetesObject {
  return before?.metadata.resourceVersion === object.metadata.resourceVersion ? before : object;
}

/** Whether an event is overtaken by what is known; versions are numbers where Kubernetes keeps them in etcd. */
function isOlder(object: KubernetesObject, known: KubernetesObject): boolean {
  const [mine, theirs] = [object, known].map(({ metadata }) => Number(metadata.resourceVersion));
  return mine !== undefined && theirs !== undefined && mine < theirs;
}
