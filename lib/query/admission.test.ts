import { describe, expect, test } from 'vitest';
import { createAdmission } from './admission';

const never = new AbortController().signal;

function setup(limits: Partial<Parameters<typeof createAdmission>[0]> = {}) {
  const clock = { time: 0 };
  return { clock, admission: createAdmission({ concurrency: 1, queue: 10, perMinute: 60, ...limits }, () => clock.time) };
}

describe('at the same time', () => {
  test('those who wait are served in the order they came', async () => {
    const { admission } = setup();
    const order: string[] = [];
    const run = async (name: string): Promise<void> => {
      const leave = await admission.admit('a', never);
      order.push(name);
      await Promise.resolve();
      leave();
    };
    await Promise.all(['first', 'second', 'third'].map(run));
    expect(order).toEqual(['first', 'second', 'third']);
  });

  test('one caller does not make another wait', async () => {
    const { admission } = setup();
    await admission.admit('a', never);
    await expect(admission.admit('b', never)).resolves.toBeTypeOf('function');
  });

  test('who goes away while waiting leaves the queue and takes no place', async () => {
    const { admission } = setup({ queue: 1 });
    const leave = await admission.admit('a', never);
    const gone = new AbortController();
    const waiting = admission.admit('a', gone.signal);
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    const next = admission.admit('a', never);
    leave();
    (await next)();
    await expect(admission.admit('a', never)).resolves.toBeTypeOf('function');
  });

  test('who has gone before is given no place', async () => {
    const { admission } = setup();
    await expect(admission.admit('a', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    await expect(admission.admit('a', never)).resolves.toBeTypeOf('function');
  });

  test('a full queue refuses', async () => {
    const { admission } = setup({ queue: 1 });
    await admission.admit('a', never);
    void admission.admit('a', never);
    await expect(admission.admit('a', never)).rejects.toMatchObject({ code: 'ERR_QUERY_004', headers: { 'retry-after': '1' } });
  });
});

describe('per minute', () => {
  test('what is over the rate is refused with the time to wait, and admitted after it', async () => {
    const { admission, clock } = setup({ concurrency: 10, perMinute: 6 });
    for (let count = 0; count < 6; count++) await admission.admit('a', never);
    clock.time = 1000;
    await expect(admission.admit('a', never)).rejects.toMatchObject({ code: 'ERR_QUERY_004', headers: { 'retry-after': '9' } });
    clock.time = 10_000;
    await expect(admission.admit('a', never)).resolves.toBeTypeOf('function');
  });

  test('saved-up requests are not more than a minute’s', async () => {
    const { admission, clock } = setup({ concurrency: 100, perMinute: 6 });
    clock.time = 3_600_000;
    for (let count = 0; count < 6; count++) await admission.admit('a', never);
    await expect(admission.admit('a', never)).rejects.toMatchObject({ code: 'ERR_QUERY_004' });
  });
});

describe('at all replicas together', () => {
  test('who has asked too often at the others is refused with the time to wait', async () => {
    const admission = createAdmission({ concurrency: 10, queue: 10, perMinute: 60 }, () => 0, (key, perMinute) => Promise.resolve(key === 'a' && perMinute === 60 ? 1_500 : 0));
    await expect(admission.admit('a', never)).rejects.toMatchObject({ code: 'ERR_QUERY_004', headers: { 'retry-after': '2' } });
    await expect(admission.admit('b', never)).resolves.toBeTypeOf('function');
  });

  test('while nobody can say how often, the limit is that of this replica, with what was asked here before', async () => {
    let counts = true;
    const admission = createAdmission({ concurrency: 10, queue: 10, perMinute: 2 }, () => 0, () => Promise.resolve(counts ? 0 : undefined));
    await admission.admit('a', never);
    counts = false;
    await admission.admit('a', never);
    await expect(admission.admit('a', never)).rejects.toMatchObject({ code: 'ERR_QUERY_004' });
  });
});

describe('memory', () => {
  test('callers are forgotten when they have been idle for a minute, not while something of theirs runs', async () => {
    const { admission, clock } = setup();
    for (let caller = 0; caller < 1000; caller++) (await admission.admit(`caller ${caller}`, never))();
    await admission.admit('busy', never);
    expect(admission.size()).toBe(1001);
    clock.time = 60_000;
    await admission.admit('new', never);
    expect(admission.size()).toBe(2);
  });
});
