import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error';
import { createExchangedTokens, type Purpose } from './exchanged-tokens';

const purpose: Purpose = { datasource: 'prometheus', audience: 'prometheus' };
const day = 24 * 3_600_000;
const ada = { token: 'ada', expiresAt: day };

/** An exchange that answers when told to, and a clock that stands still. */
function setUp({ seconds = 300, fails = () => false }: { seconds?: number; fails?: () => boolean } = {}) {
  let clock = 0;
  const asked: string[] = [];
  const get = createExchangedTokens({
    now: () => clock,
    exchange: async (subjectToken, { audience, scope }) => {
      asked.push([subjectToken, audience, scope].filter((part) => part !== undefined).join(' '));
      const number = asked.length;
      await Promise.resolve();
      if (fails()) throw new AppError('ERR_AUTH_003');
      return { token: `token ${number}`, expiresAt: clock + seconds * 1000 };
    },
  });
  return { get, asked, pass: (milliseconds: number) => (clock += milliseconds) };
}

describe('an exchanged token', () => {
  it('is asked for once by fifty who need it at the same time', async () => {
    const { get, asked } = setUp();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => get(ada, purpose)));
    expect(new Set(tokens)).toEqual(new Set(['token 1']));
    expect(asked).toEqual(['ada prometheus']);
  });

  it('is kept until half a minute before it expires', async () => {
    const { get, pass } = setUp();
    await get(ada, purpose);
    pass(269_999);
    expect(await get(ada, purpose)).toBe('token 1');
    pass(1);
    expect(await get(ada, purpose)).toBe('token 2');
  });

  it('of a short life is kept for three quarters of it', async () => {
    const { get, pass } = setUp({ seconds: 20 });
    await get(ada, purpose);
    pass(14_999);
    expect(await get(ada, purpose)).toBe('token 1');
    pass(1);
    expect(await get(ada, purpose)).toBe('token 2');
  });

  it('is not used any more when the token that it was exchanged for has expired', async () => {
    const { get, pass } = setUp();
    const identity = { token: 'ada', expiresAt: 10_000 };
    await get(identity, purpose);
    pass(9_999);
    expect(await get(identity, purpose)).toBe('token 1');
    pass(1);
    expect(await get(identity, purpose)).toBe('token 2');
  });

  it.each<[string, { token: string; expiresAt: number }, Purpose]>([
    ['another person', { ...ada, token: 'bob' }, purpose],
    ['the same person’s next token', { ...ada, token: 'ada, refreshed' }, purpose],
    ['another audience', ada, { ...purpose, audience: 'thanos' }],
    ['another scope', ada, { ...purpose, scope: 'metrics:read' }],
    ['another backend of the same audience', ada, { ...purpose, datasource: 'thanos' }],
  ])('is not given to %s', async (_, identity, other) => {
    const { get } = setUp();
    expect(await get(ada, purpose)).toBe('token 1');
    expect(await get(identity, other)).toBe('token 2');
    expect(await get(ada, purpose)).toBe('token 1');
  });

  it('that was not used for longest makes room when there are too many', async () => {
    const { get, asked } = setUp();
    for (let person = 0; person < 2_000; person++) await get({ ...ada, token: `person ${person}` }, purpose);
    await get({ ...ada, token: 'person 0' }, purpose);
    await get({ ...ada, token: 'one more' }, purpose);
    expect(asked).toHaveLength(2_001);
    await get({ ...ada, token: 'person 0' }, purpose);
    expect(asked).toHaveLength(2_001);
    await get({ ...ada, token: 'person 1' }, purpose);
    expect(asked).toHaveLength(2_002);
  });
});

describe('a failure', () => {
  it('answers those who ask within a second, then the provider is asked again', async () => {
    let broken = true;
    const { get, asked, pass } = setUp({ fails: () => broken });
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => get(ada, purpose)));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    pass(999);
    await expect(get(ada, purpose)).rejects.toMatchObject({ code: 'ERR_AUTH_003' });
    expect(asked).toHaveLength(1);
    broken = false;
    pass(1);
    expect(await get(ada, purpose)).toBe('token 2');
  });

  it('of one person is not another one’s', async () => {
    let broken = true;
    const { get } = setUp({ fails: () => broken });
    await expect(get(ada, purpose)).rejects.toThrow();
    broken = false;
    expect(await get({ ...ada, token: 'bob' }, purpose)).toBe('token 2');
  });
});

describe('a token that the backend does not accept', () => {
  it('is replaced once for all who were refused with it', async () => {
    const { get, asked, pass } = setUp();
    await get(ada, purpose);
    pass(10_000);
    const replacements = await Promise.all(Array.from({ length: 50 }, () => get(ada, purpose, 'token 1')));
    expect(new Set(replacements)).toEqual(new Set(['token 2']));
    expect(asked).toHaveLength(2);
    expect(await get(ada, purpose)).toBe('token 2');
  });

  it('is not replaced while it is so new that another would fare no better', async () => {
    const { get, asked, pass } = setUp();
    await get(ada, purpose);
    pass(9_999);
    expect(await get(ada, purpose, 'token 1')).toBeUndefined();
    expect(asked).toHaveLength(1);
  });
});
