import { describe, expect, it, vi } from 'vitest';
import type { PreferenceChanges, StoredPreferences } from '../../lib/contracts/preferences';
import { createPreferenceStore } from './preferences';

function storageOf(content: Record<string, string> = {}) {
  const texts = new Map(Object.entries(content));
  return {
    texts,
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, value: string) => void texts.set(key, value),
    removeItem: (key: string) => void texts.delete(key),
  };
}

/** The server's store of one person. */
function serverOf(preferences: StoredPreferences = {}) {
  const server = {
    preferences,
    works: true,
    sent: [] as PreferenceChanges[],
    send: (changes: PreferenceChanges) => {
      server.sent.push(changes);
      return server.works ? Promise.resolve() : Promise.reject(new Error('down'));
    },
  };
  return server;
}

const followed = (storage: ReturnType<typeof storageOf>, server: ReturnType<typeof serverOf>, owner = 'ada') => {
  const store = createPreferenceStore(storage);
  store.follow({ kept: 'server', owner, preferences: server.preferences }, server.send);
  return store;
};

it('keeps a preference, tells of it, and reads it back', () => {
  const storage = storageOf();
  const store = createPreferenceStore(storage);
  let told = 0;
  store.subscribe(() => (told += 1));
  store.write('favourites', ['platform/cost']);
  expect(told).toBe(1);
  expect(createPreferenceStore(storage).read('favourites')).toEqual(['platform/cost']);
  expect(store.read('favourites')).toBe(store.read('favourites'));
});

it('takes the default for what it cannot read', () => {
  const store = createPreferenceStore(storageOf({ 'odh-observability:mode': '"expert"', 'odh-observability:recent': '[1]', 'odh-observability:timeZone': '{' }));
  expect([store.read('mode'), store.read('recent'), store.read('timeZone'), store.read('role')]).toEqual(['simple', [], 'browser', undefined]);
});

it('remembers while the page is open where the browser keeps nothing', () => {
  const refuse = () => {
    throw new Error('not allowed');
  };
  const store = createPreferenceStore({ getItem: refuse, setItem: refuse, removeItem: refuse });
  store.write('mode', 'advanced');
  expect(store.read('mode')).toBe('advanced');
});

describe('with preferences on the server', () => {
  it('hands the browser’s copy over once, where the server has nothing of this person', async () => {
    const storage = storageOf({ 'odh-observability:mode': '"advanced"', 'odh-observability:favourites': '["a/b"]', 'odh-observability:recent': '{' });
    const server = serverOf();
    const store = followed(storage, server);
    expect([store.read('mode'), store.read('favourites')]).toEqual(['advanced', ['a/b']]);
    await vi.waitFor(() => expect(storage.texts.has('odh-observability:unsent')).toBe(false));
    expect(server.sent).toEqual([{ mode: 'advanced', favourites: ['a/b'] }]);
    // Taken back in another browser meanwhile: it does not rise again.
    expect(followed(storage, server).read('favourites')).toEqual([]);
    expect(server.sent).toHaveLength(1);
  });

  it('takes what the server has over what this browser remembers', () => {
    const server = serverOf({ mode: 'simple', timeZone: 'UTC' });
    const store = followed(storageOf({ 'odh-observability:mode': '"advanced"', 'odh-observability:favourites': '["a/b"]' }), server);
    expect([store.read('mode'), store.read('timeZone'), store.read('favourites')]).toEqual(['simple', 'UTC', []]);
    expect(server.sent).toEqual([]);
  });

  it('shows and sends nothing of the person who used this browser before', () => {
    const storage = storageOf();
    const first = followed(storage, serverOf());
    first.write('favourites', ['secret/project']);
    const server = serverOf();
    expect(followed(storage, server, 'ben').read('favourites')).toEqual([]);
    expect(JSON.stringify([...storage.texts, server.sent])).not.toContain('secret');
  });

  it('sends each change by itself, and what is taken back as taken back', async () => {
    const server = serverOf({ role: 'mlops' });
    const store = followed(storageOf(), server);
    store.write('mode', 'advanced');
    await vi.waitFor(() => expect(server.sent).toEqual([{ mode: 'advanced' }]));
    store.write('role', undefined);
    await vi.waitFor(() => expect(server.sent).toEqual([{ mode: 'advanced' }, { role: null }]));
  });

  it('holds what the server does not take, and hands it over when it does', async () => {
    const storage = storageOf();
    const server = serverOf({ timeZone: 'UTC' });
    const store = followed(storage, server);
    server.works = false;
    store.write('mode', 'advanced');
    await vi.waitFor(() => expect(server.sent).toHaveLength(1));
    expect(store.read('mode')).toBe('advanced');
    // The next page: the server has not heard of it yet.
    server.works = true;
    const next = followed(storage, server);
    expect([next.read('mode'), next.read('timeZone')]).toEqual(['advanced', 'UTC']);
    await vi.waitFor(() => expect(storage.texts.has('odh-observability:unsent')).toBe(false));
    expect(server.sent).toEqual([{ mode: 'advanced' }, { mode: 'advanced' }]);
  });

  it('sends the last of many quick changes', async () => {
    const storage = storageOf();
    const server = serverOf({ timeZone: 'UTC' });
    const store = followed(storage, server);
    for (const mode of ['advanced', 'simple', 'advanced', 'simple'] as const) store.write('mode', mode);
    await vi.waitFor(() => expect(storage.texts.has('odh-observability:unsent')).toBe(false));
    expect(server.sent.at(-1)).toEqual({ mode: 'simple' });
    expect(server.sent.length).toBeLessThan(4);
  });

  it('leaves the browser’s copy alone where the server keeps none', () => {
    const store = createPreferenceStore(storageOf({ 'odh-observability:mode': '"advanced"' }));
    store.follow({ kept: 'browser' }, () => Promise.reject(new Error('not called')));
    store.write('timeZone', 'UTC');
    expect([store.read('mode'), store.read('timeZone')]).toEqual(['advanced', 'UTC']);
  });
});
