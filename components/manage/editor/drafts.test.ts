import { expect, it } from 'vitest';
import { draftsOf } from './drafts';

function shelf() {
  const kept = new Map<string, string>();
  return { kept, getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) };
}

const draft = { text: 'kind: Dashboard\n', version: 3, savedAt: 1 };

it('a draft is there for the person and the dashboard that it was written for, and for no other', () => {
  const browser = shelf();
  expect(draftsOf(() => browser, 'ada', 'fraud/one').write(draft)).toBe(true);
  expect(draftsOf(() => browser, 'ada', 'fraud/one').read()).toEqual(draft);
  expect(draftsOf(() => browser, 'bob', 'fraud/one').read()).toBeUndefined();
  expect(draftsOf(() => browser, 'ada', 'fraud/two').read()).toBeUndefined();
  expect(draftsOf(() => browser, 'ada').read()).toBeUndefined();
  // No separator in a subject leads to another person's.
  expect(draftsOf(() => browser, 'ada","fraud/one', '').read()).toBeUndefined();
});

it('is gone when it was removed', () => {
  const browser = shelf();
  const drafts = draftsOf(() => browser, 'ada');
  drafts.write(draft);
  drafts.remove();
  expect(drafts.read()).toBeUndefined();
  expect(browser.kept.size).toBe(0);
});

it('what cannot be read is no draft, and where nothing can be kept that is said', () => {
  const browser = shelf();
  const drafts = draftsOf(() => browser, 'ada');
  drafts.write(draft);
  for (const broken of ['{', '{}', 'null', '{"text":1,"version":1,"savedAt":1}']) {
    for (const key of browser.kept.keys()) browser.kept.set(key, broken);
    expect(drafts.read()).toBeUndefined();
  }
  const refuse = (): never => {
    throw new DOMException('no', 'QuotaExceededError');
  };
  const full = draftsOf(refuse, 'ada');
  expect(full.write(draft)).toBe(false);
  expect(full.read()).toBeUndefined();
  expect(() => full.remove()).not.toThrow();
});
