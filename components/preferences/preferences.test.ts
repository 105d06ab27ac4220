import { expect, it } from 'vitest';
import { createPreferenceStore } from './preferences';

function storageOf(content: Record<string, string> = {}) {
  return { content, getItem: (key: string) => content[key] ?? null, setItem: (key: string, value: string) => void (content[key] = value) };
}

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
  const store = createPreferenceStore({ getItem: refuse, setItem: refuse });
  store.write('mode', 'advanced');
  expect(store.read('mode')).toBe('advanced');
});
