import { describe, expect, it } from 'vitest';
import { createLogger } from '../telemetry/logger';
import { createNamespaces } from './namespaces';

function setUp(answers: (readonly string[] | Error)[]) {
  let clock = 0;
  let asked = 0;
  const list = createNamespaces({
    fetch: () => {
      const answer = answers[asked] ?? [];
      asked += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    log: createLogger('error', { write: () => undefined }),
    now: () => clock,
  });
  return { list, asked: () => asked, pass: (milliseconds: number) => (clock += milliseconds) };
}

describe('namespaces', () => {
  it('are asked for once by callers at the same time, and again after a while', async () => {
    const { list, asked, pass } = setUp([['a'], ['a', 'b']]);
    expect(await Promise.all([list(), list()])).toEqual([['a'], ['a']]);
    pass(29_999);
    await list();
    expect(asked()).toBe(1);
    pass(1);
    expect(await list()).toEqual(['a', 'b']);
  });

  it('are the last known ones while the backend does not answer, and asked for again at the next use', async () => {
    const { list, pass } = setUp([['a'], new Error('down'), ['b']]);
    await list();
    pass(30_000);
    expect(await list()).toEqual(['a']);
    expect(await list()).toEqual(['b']);
  });

  it('are none when the backend never answered', async () => {
    expect(await setUp([new Error('down')]).list()).toEqual([]);
  });
});
