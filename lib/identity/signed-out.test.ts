import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Members, SharedSet } from '../redis/shared-set';
import { createSignedOut, type SignedOut } from './signed-out';
import type { Session } from './session';

const absolute = 1_000_000;

/** What Redis keeps, while it can be asked. */
function createStore() {
  let kept = new Map<string, number>();
  let works = true;
  const listeners = new Set<() => void>();
  const unlessDown = <Answer>(answer: () => Answer): Promise<Answer | undefined> => Promise.resolve(works ? answer() : undefined);
  const set: SharedSet = {
    add: (members) => unlessDown(() => {
        for (const [id, until] of members) kept.set(id, until);
        return true as const;
      }),
    has: (member) => unlessDown(() => kept.has(member)),
    members: () => unlessDown((): Members => new Map(kept)),
    whenBack: (listener) => {
      listeners.add(listener);
      listener();
    },
  };
  return {
    set,
    fail: () => (works = false),
    /** What was kept is lost with it. */
    comeBack: () => {
      kept = new Map();
      works = true;
      for (const listener of listeners) listener();
    },
  };
}

const replicas: SignedOut[] = [];
afterEach(() => {
  for (const replica of replicas.splice(0)) replica.close();
  vi.useRealTimers();
});

function replica(shared: SharedSet | undefined, now = () => 0): SignedOut {
  const created = createSignedOut({ absolute, now, shared });
  replicas.push(created);
  return created;
}

const session = (sub: string, signedInAt = 0): Session => ({ sub, name: sub, accessToken: 'a', idToken: 'i', expiresAt: 0, refreshAt: 0, signedInAt, claims: {} });

describe('a session that was signed out', () => {
  it('is known, and the next one of the same person is not', async () => {
    const here = replica(undefined);
    await here.add(session('ada', 1));
    expect([await here.has(session('ada', 1)), await here.has(session('ada', 2)), await here.has(session('bob', 1))]).toEqual([true, false, false]);
  });

  it('is not known at another replica where nothing is shared', async () => {
    const [here, there] = [replica(undefined), replica(undefined)];
    await here.add(session('ada'));
    expect(await there.has(session('ada'))).toBe(false);
  });

  it('is known at every replica at once where it is shared', async () => {
    const store = createStore();
    const [here, there] = [replica(store.set), replica(store.set)];
    await here.add(session('ada'));
    expect(await there.has(session('ada'))).toBe(true);
  });

  it('stays known everywhere when the store cannot be asked any more', async () => {
    vi.useFakeTimers();
    const store = createStore();
    const [here, there] = [replica(store.set), replica(store.set)];
    await here.add(session('ada'));
    await vi.advanceTimersByTimeAsync(10_000);
    store.fail();
    expect([await here.has(session('ada')), await there.has(session('ada'))]).toEqual([true, true]);
  });

  it('while the store cannot be asked, holds everywhere from its return on, with what the store has lost', async () => {
    const store = createStore();
    const [here, there] = [replica(store.set), replica(store.set)];
    await here.add(session('before'));
    store.fail();
    await here.add(session('meanwhile'));
    expect(await there.has(session('meanwhile'))).toBe(false);
    store.comeBack();
    await vi.waitFor(async () => expect([await there.has(session('before')), await there.has(session('meanwhile'))]).toEqual([true, true]));
  });

  it('is forgotten when its cookie would have ended in any case', async () => {
    vi.useFakeTimers();
    let time = 0;
    const store = createStore();
    const here = replica({ ...store.set, members: () => Promise.resolve(new Map()) }, () => time);
    await here.add(session('ada'));
    store.fail();
    time = absolute;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await here.has(session('ada'))).toBe(false);
  });
});
