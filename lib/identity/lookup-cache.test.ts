import { describe, expect, it } from 'vitest';
import { createLookupCache } from './lookup-cache';

function setUp({ keepFor = 30_000, maxEntries = 100 } = {}) {
  let clock = 1_000_000;
  let lookUps = 0;
  const cache = createLookupCache<number>({ now: () => clock, keepFor, maxEntries });
  return {
    cache,
    /** Numbers the look-ups. */
    ask: (key = 'ada', notBeyond?: number) => cache.get(key, () => Promise.resolve((lookUps += 1)), notBeyond),
    pass: (milliseconds: number) => (clock += milliseconds),
    now: () => clock,
  };
}

describe('an answer that is kept', () => {
  it('is given again until its time is over, and not a moment longer', async () => {
    const { ask, pass } = setUp();
    expect(await ask()).toBe(1);
    pass(29_999);
    expect(await ask()).toBe(1);
    pass(1);
    expect(await ask()).toBe(2);
  });

  it('counts from the beginning of the look-up, so that a slow one does not hold longer', async () => {
    const { cache, ask, pass } = setUp();
    let finish: ((answer: number) => void) | undefined;
    const slow = cache.get('ada', () => new Promise((resolve) => (finish = resolve)));
    pass(29_000);
    finish?.(7);
    expect(await slow).toBe(7);
    expect(await ask()).toBe(7);
    pass(1_000);
    expect(await ask()).toBe(1);
  });

  it('is not given beyond the time that the asker sets', async () => {
    const { ask, pass, now } = setUp();
    expect(await ask('ada', now() + 500)).toBe(1);
    pass(499);
    expect(await ask()).toBe(1);
    pass(1);
    expect(await ask()).toBe(2);
  });

  it('belongs to its key alone', async () => {
    const { ask } = setUp();
    expect([await ask('ada'), await ask('bob'), await ask('ada')]).toEqual([1, 2, 1]);
  });
});

describe('askers at the same time', () => {
  it('share one look-up', async () => {
    const { ask } = setUp();
    expect(new Set(await Promise.all(Array.from({ length: 100 }, () => ask())))).toEqual(new Set([1]));
  });

  it('share its failure, which the next asker does not get', async () => {
    const { cache, ask } = setUp();
    const failing = () => cache.get('ada', () => Promise.reject(new Error('down')));
    const outcomes = await Promise.allSettled([failing(), ask()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask()).toBe(1);
  });

  it('get no earlier answer when the look-up fails', async () => {
    const { cache, ask, pass } = setUp();
    await ask();
    pass(30_000);
    await expect(cache.get('ada', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(cache.size()).toBe(0);
  });
});

describe('what is remembered', () => {
  it('has a limit, however many keys are invented', async () => {
    const { cache, ask } = setUp({ maxEntries: 10 });
    for (let number = 0; number < 1_000; number += 1) await ask(`token ${number}`);
    expect(cache.size()).toBe(10);
    expect(await ask('token 999')).toBe(1_000);
  });

  it('shrinks when answers are over', async () => {
    const { cache, ask, pass } = setUp();
    for (let number = 0; number < 50; number += 1) await ask(`token ${number}`);
    pass(30_000);
    await ask('another');
    expect(cache.size()).toBe(1);
  });
});
