import { describe, expect, it } from 'vitest';
import type { Identity } from '../identity/identity';
import { createLogger } from '../telemetry/logger';
import { createNamespaces } from './namespaces';

const admin: Identity = { subject: 'admin', name: 'Admin', claims: {}, token: 'token', expiresAt: Number.MAX_SAFE_INTEGER };

function setUp(answers: (readonly string[] | Error)[]) {
  let clock = 0;
  let asked = 0;
  const subjects: string[] = [];
  const list = createNamespaces({
    fetch: ({ subject }) => {
      subjects.push(subject);
      const answer = answers[asked] ?? [];
      asked += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    log: createLogger('error', { write: () => undefined }),
    now: () => clock,
  });
  return { list: (subject = 'admin') => list({ ...admin, subject }), subjects, asked: () => asked, pass: (milliseconds: number) => (clock += milliseconds) };
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

  it('are asked for on behalf of the one who needs them, and given to the next one too', async () => {
    const { list, subjects, pass } = setUp([['a'], ['b']]);
    expect(await list('ada')).toEqual(['a']);
    expect(await list('bob')).toEqual(['a']);
    pass(30_000);
    expect(await list('bob')).toEqual(['b']);
    expect(subjects).toEqual(['ada', 'bob']);
  });

  it('are none when the backend never answered', async () => {
    expect(await setUp([new Error('down')]).list()).toEqual([]);
  });
});
