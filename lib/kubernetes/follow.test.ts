import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../telemetry/logger';
import { createKubernetes, type Kubernetes } from './client';
import { follow, type Collection } from './follow';
import { startWatchServer, type WatchServer } from './testing/watch-server';

vi.setConfig({ testTimeout: 30_000 });

const newer = '/apis/example.dev/v2/things';
const older = '/apis/example.dev/v1/things';

let server: WatchServer;
let kubernetes: Kubernetes;
let collection: Collection;
let waits: number[];
let changes: number;
let lines: Record<string, unknown>[];
/** What the next waits wait for; nothing by default. */
let hold: Promise<void>;

beforeEach(async () => {
  server = await startWatchServer([newer]);
  kubernetes = createKubernetes(server.config);
  waits = [];
  changes = 0;
  lines = [];
  hold = Promise.resolve();
});
afterEach(async () => {
  await collection.close();
  await kubernetes.close();
  await server.stop();
});

function start(options: { labelSelector?: string; now?: () => number } = {}): void {
  const { now = () => 0, ...rest } = options;
  collection = follow(
    { paths: [newer, older], onChange: () => (changes += 1), ...rest },
    {
      open: kubernetes.open,
      log: createLogger('info', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) }),
      wait: async (milliseconds) => {
        waits.push(milliseconds);
        // At least a turn of the event loop, or attempts would starve everything else.
        await Promise.all([hold, new Promise((resolve) => setTimeout(resolve, 1))]);
      },
      random: () => 0,
      now,
    },
  );
}

const thing = (name: string, fields: Record<string, unknown> = {}) => ({ metadata: { name, namespace: 'a', ...fields } });
const names = () => [...collection.objects().keys()].sort();
const live = () => vi.waitFor(() => expect(server.watching()).toBe(1));
const eventually = (...expected: string[]) => vi.waitFor(() => expect(names()).toEqual(expected.map((name) => `a/${name}`)));

describe('a collection', () => {
  it('is listed page by page, then watched from that version on', async () => {
    for (let index = 0; index < 1_100; index += 1) server.put(newer, thing(`thing-${index}`));
    start();
    await collection.settled;
    expect(collection.objects().size).toBe(1_100);
    await live();
    expect([server.count('list'), server.count('watch')]).toEqual([3, 1]);
    expect(server.asked.at(-1)?.query.get('resourceVersion')).toBe('1200');
    expect(server.asked.at(-1)?.query.get('allowWatchBookmarks')).toBe('true');
    expect(server.asked.every(({ token }) => token === 'app-token')).toBe(true);
    expect(collection.status()).toEqual({ kind: 'live' });
  });

  it('shows what is made, changed and removed, one event after the other', async () => {
    server.put(newer, thing('one'));
    start();
    await live();
    server.put(newer, thing('two'));
    await eventually('one', 'two');
    server.put(newer, { ...thing('two'), spec: 'changed' });
    await vi.waitFor(() => expect(collection.objects().get('a/two')).toMatchObject({ spec: 'changed' }));
    server.remove(newer, 'a', 'one');
    await eventually('two');
    expect(server.count('list')).toBe(1);
    expect(changes).toBeGreaterThan(3);
  });

  it('is read right when events come in pieces that end within a line and within a character', async () => {
    start();
    await live();
    for (const bytes of [1, 3, 7]) {
      server.splitInto(bytes);
      server.put(newer, { ...thing(`split-${bytes}`), text: 'Zürich — 東京 🚀'.repeat(20) });
    }
    await eventually('split-1', 'split-3', 'split-7');
    expect(collection.objects().get('a/split-1')).toMatchObject({ text: 'Zürich — 東京 🚀'.repeat(20) });
    expect(server.count('list')).toBe(1);
  });

  it('holds only what the label selects, and loses what loses the label', async () => {
    server.put(newer, thing('mine', { labels: { kind: 'wanted' } }));
    server.put(newer, thing('other'));
    start({ labelSelector: 'kind=wanted' });
    await live();
    expect(names()).toEqual(['a/mine']);
    expect(server.asked.every(({ query }) => query.get('labelSelector') === 'kind=wanted')).toBe(true);
  });
});

describe('a watch that ends', () => {
  it.each(['end', 'cut'] as const)('(%s) is taken up again from the last event, without a list', async (how) => {
    start();
    await live();
    server.put(newer, thing('one'));
    await eventually('one');
    server.endWatches(how);
    server.put(newer, thing('meanwhile'));
    await eventually('meanwhile', 'one');
    expect(server.count('list')).toBe(1);
    expect(collection.status()).toEqual({ kind: 'live' });
  });

  it('is taken up from the last bookmark', async () => {
    start();
    await live();
    server.bookmark();
    server.bookmark();
    server.put(newer, thing('one'));
    await eventually('one');
    server.bookmark();
    server.endWatches('end');
    await vi.waitFor(() => expect(server.count('watch')).toBe(2));
    expect(server.asked.at(-1)?.query.get('resourceVersion')).toBe('104');
  });

  it('and whose version has expired meanwhile lists anew; what went missing is gone', async () => {
    server.put(newer, thing('one'));
    server.put(newer, thing('two'));
    start();
    await live();
    let release: () => void = () => undefined;
    hold = new Promise((resolve) => (release = resolve));
    const asked = server.count('watch');
    server.endWatches('cut');
    server.remove(newer, 'a', 'one');
    server.put(newer, thing('three'));
    server.compact();
    release();
    await eventually('three', 'two');
    expect(server.count('watch')).toBeGreaterThan(asked);
    expect(server.count('list')).toBe(2);
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it('at once each time is not asked for again and again without a pause', async () => {
    start();
    await live();
    server.answerOtherwise((request, response) => (request.url?.includes('watch=1') === true ? (response.writeHead(200).end(), true) : false));
    server.endWatches('end');
    await vi.waitFor(() => expect(waits.length).toBeGreaterThan(7));
    expect(waits.slice(0, 7)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });

  it('after a long quiet time has worked, and does not count as a failure', async () => {
    let time = 0;
    start({ now: () => time });
    await live();
    for (let round = 2; round < 6; round += 1) {
      time += 60_000;
      server.endWatches('end');
      await vi.waitFor(() => expect([server.count('watch'), server.watching()]).toEqual([round, 1]));
    }
    expect(waits).toEqual([]);
  });
});

describe('an API server that is away', () => {
  it.each([500, 503])('(%i) leaves what was read, says once why, and is asked less and less often until it is back', async (status) => {
    server.put(newer, thing('one'));
    start();
    await live();
    server.answerOtherwise((_request, response) => (response.writeHead(status).end('{}'), true));
    server.endWatches('cut');
    await vi.waitFor(() => expect(waits.length).toBeGreaterThan(4));
    expect(collection.status()).toEqual({ kind: 'lost', reason: `The Kubernetes API answered ${status}` });
    expect(names()).toEqual(['a/one']);
    expect(waits.slice(0, 4)).toEqual([500, 1_000, 2_000, 4_000]);
    server.put(newer, thing('two'));
    server.answerOtherwise(undefined);
    await eventually('one', 'two');
    expect(collection.status()).toEqual({ kind: 'live' });
    expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(server.count('list')).toBe(1);
  });

  it('because nothing listens leaves what was read', async () => {
    server.put(newer, thing('one'));
    start();
    await live();
    server.answerOtherwise((request) => (request.socket.destroy(), true));
    server.endWatches('cut');
    await vi.waitFor(() => expect(collection.status()).toMatchObject({ kind: 'lost', reason: expect.stringContaining('cannot be reached') as string }));
    expect(names()).toEqual(['a/one']);
  });

  it('from the start is said to those who wait, and found when it comes', async () => {
    server.answerOtherwise((_request, response) => (response.writeHead(503).end(), true));
    start();
    await collection.settled;
    expect(collection.isKnown()).toBe(false);
    server.put(newer, thing('one'));
    server.answerOtherwise(undefined);
    await eventually('one');
    expect(collection.isKnown()).toBe(true);
  });

  it('that asks to wait is left alone for as long', async () => {
    server.answerOtherwise((_request, response) => (response.writeHead(429, { 'retry-after': '7' }).end(), true));
    start();
    await vi.waitFor(() => expect(waits.length).toBeGreaterThan(1));
    expect(waits.slice(0, 2)).toEqual([7_000, 7_000]);
  });

  it('that allows to list but not to watch is listed again and again', async () => {
    server.answerOtherwise((request, response) => (request.url?.includes('watch=1') === true ? (response.writeHead(403).end(), true) : false));
    start();
    await collection.settled;
    server.put(newer, thing('one'));
    await eventually('one');
    expect(collection.status()).toMatchObject({ kind: 'lost', reason: expect.stringContaining('service account of this app may not list and watch') as string });
  });

  it('that sends no JSON is not believed: what was read stays, and is listed anew', async () => {
    server.put(newer, thing('one'));
    start();
    await live();
    server.answerOtherwise((request, response) => (request.url?.includes('watch=1') === true ? (response.writeHead(200).end('{"type":"ADDED","obj\n'), true) : false));
    server.endWatches('cut');
    await vi.waitFor(() => expect(server.count('list')).toBeGreaterThan(2));
    expect(names()).toEqual(['a/one']);
  });
});

describe('a collection that the API server does not know', () => {
  it('is said once and looked for every half minute', async () => {
    server.define(newer, false);
    start();
    await vi.waitFor(() => expect(waits.length).toBeGreaterThan(2));
    expect(collection.status()).toEqual({ kind: 'absent' });
    expect(waits.every((milliseconds) => milliseconds === 30_000)).toBe(true);
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([['info', 'the Kubernetes API has no such collection']]);
    server.define(newer, true);
    server.put(newer, thing('one'));
    await eventually('one');
  });

  it('in the newest version is followed in the one before', async () => {
    server.define(newer, false);
    server.define(older, true);
    server.put(older, thing('one'));
    start();
    await live();
    expect([names(), collection.path()]).toEqual([['a/one'], older]);
  });

  it('any more, because its definition was removed, is empty', async () => {
    server.put(newer, thing('one'));
    start();
    await live();
    server.define(newer, false);
    server.endWatches('end');
    await vi.waitFor(() => expect(collection.status()).toEqual({ kind: 'absent' }));
    expect(names()).toEqual([]);
  });
});

it('what was written is known at once, and an event that it has overtaken changes nothing', async () => {
  start();
  await live();
  collection.put({ ...thing('one'), metadata: { name: 'one', namespace: 'a', resourceVersion: '900' } });
  expect(names()).toEqual(['a/one']);
  server.put(newer, { ...thing('one'), stale: true });
  server.put(newer, thing('two'));
  await eventually('one', 'two');
  expect(collection.objects().get('a/one')).not.toHaveProperty('stale');
});

it('nothing runs any more once it is closed', async () => {
  start();
  await live();
  await collection.close();
  await vi.waitFor(() => expect(server.watching()).toBe(0));
});
