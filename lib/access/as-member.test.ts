import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actorOf } from '../audit/events';
import { configSchema } from '../config/schema';
import { isAppError } from '../errors/app-error';
import type { Identity } from '../identity/identity';
import { createLogger } from '../telemetry/logger';
import { createAccess, withinLimits } from './access';
import { asMember } from './as-member';
import { narrowed, scopeIncludes, scopeOf, type Scope } from './scope';

const someone = { subject: 'u1', name: 'Ada', claims: {}, token: 't', expiresAt: Number.MAX_SAFE_INTEGER };
const log = createLogger('error', { write: () => undefined });
const all: Scope = { kind: 'all' };

/** What a handler is given that stands behind the limit. */
async function behind(projects: string | undefined, identity: Identity = someone): Promise<Identity> {
  let given: Identity | undefined;
  const handler = asMember((_request, _context, limited) => {
    given = limited;
    return Promise.resolve(new Response());
  });
  await handler(new Request('http://app.test/'), { params: projects === undefined ? {} : { projects }, requestId: 'test', log, responseHeaders: new Headers() }, identity);
  if (given === undefined) throw new Error('nothing was asked');
  return given;
}

const scopeBehind = async (own: Scope, projects: string): Promise<Scope> => withinLimits(() => Promise.resolve(own))(await behind(projects));

describe('a look as a member', () => {
  it.each<[string, Scope, string, Scope]>([
    ['an administrator sees the named projects and nothing that belongs to none', all, 'b,a', scopeOf(['a', 'b'])],
    ['a member keeps what is theirs of the named ones', scopeOf(['a', 'b']), 'b,c', scopeOf(['b'])],
    ['a foreign project gives nothing', scopeOf(['a']), 'c', { kind: 'none' }],
    ['who sees nothing sees nothing', { kind: 'none' }, 'a', { kind: 'none' }],
    ['a name given twice counts once', all, 'a,a', scopeOf(['a'])],
  ])('%s', async (_name, own, projects, expected) => {
    expect(await scopeBehind(own, projects)).toEqual(expected);
  });

  it('never widens, whoever asks for whatever', async () => {
    const name = fc.constantFrom<string>('a', 'b', 'c', 'd');
    const scope = fc.oneof(fc.constant<Scope>(all), fc.array(name).map(scopeOf));
    await fc.assert(
      fc.asyncProperty(scope, fc.array(name, { minLength: 1 }), async (own, names) => {
        const seen = await scopeBehind(own, names.join(','));
        expect(seen.kind).not.toBe('all');
        for (const project of ['a', 'b', 'c', 'd']) expect(scopeIncludes(seen, project)).toBe(scopeIncludes(own, project) && names.includes(project));
      }),
    );
  });

  it.each(['', ',', 'a,', ',a', 'a,,b', 'A', 'a b', '*', '.*', 'a|b', '"}', 'a,b\n', '-a', 'a_b', `${'a,'.repeat(60)}a`])('%j is no list of projects and is refused', async (projects) => {
    const refusal = await behind(projects).catch((error: unknown) => error);
    expect(isAppError(refusal) && refusal.code).toBe('ERR_ACCESS_002');
  });

  it('a missing list is refused too', async () => {
    await expect(behind(undefined)).rejects.toMatchObject({ code: 'ERR_ACCESS_002' });
  });

  it('a limit inside of a limit leaves what is in both', async () => {
    const once = await behind('a,b');
    expect((await behind('b,c', once)).limitedTo).toEqual(['b']);
    expect((await behind('c', once)).limitedTo).toEqual([]);
    expect(narrowed(all, [])).toEqual({ kind: 'none' });
  });

  it('a claim of the caller sets no limit and lifts none', async () => {
    const access = createAccess(configSchema.shape.access.parse({ claims: { administrators: ['admins'] } }), { kubernetes: undefined, now: () => 0 });
    const claims = { groups: ['admins'], limitedTo: ['a'] };
    expect(await access({ ...someone, claims })).toEqual(all);
    expect(await access({ ...(await behind('a', { ...someone, claims })) })).toEqual(scopeOf(['a']));
  });

  it('is in every record of what was asked', async () => {
    expect(actorOf(await behind('a,b'), 'r')).toEqual({ subject: 'u1', name: 'Ada', request_id: 'r', limited_to: ['a', 'b'] });
    expect(actorOf(someone, 'r')).not.toHaveProperty('limited_to');
  });
});
