import { describe, expect, it } from 'vitest';
import { scopeOf } from '../access/scope';
import { configSchema } from '../config/schema';
import { createDefaults } from './defaults';

const file = (preferences: unknown) =>
  configSchema.parse({ publicUrl: 'https://app.test', identity: { issuer: 'https://sso.test', clientId: 'app' }, datasources: [{ name: 'prometheus', default: true, url: 'http://prometheus.test' }], preferences });

const noHomes = () => Promise.resolve({ groups: {} });
const configured = file({
    roles: { 'data-scientist': ['research'], mlops: ['serving-team', 'pipeline-team'], admin: ['platform-team'] },
    homes: { 'serving-team': 'opendatahub/model-serving', research: 'opendatahub/model-training' },
  });
const defaultsOf = createDefaults(configured, noHomes);
const of = (groups: unknown, kind: 'all' | 'none' = 'none') => defaultsOf({ claims: { groups } }, { kind });

describe('what holds for a person until they choose', () => {
  it.each<[string, unknown, object]>([
    ['a group of data scientists', ['research'], { role: 'data-scientist', home: 'opendatahub/model-training' }],
    ['one of several groups of a role', ['pipeline-team'], { role: 'mlops' }],
    ['one group as a text', 'platform-team', { role: 'admin' }],
    ['several roles: the widest, and the first home of the file', ['research', 'serving-team'], { role: 'mlops', home: 'opendatahub/model-serving' }],
    ['groups that nobody named', ['others'], {}],
    ['no groups', undefined, {}],
    ['a claim of another shape', { research: true }, {}],
  ])('%s', async (_what, groups, expected) => {
    expect(await of(groups)).toEqual(expected);
  });

  it('is the administrator’s for who sees every project, whatever their groups', async () => {
    expect(await of(['research'], 'all')).toEqual({ role: 'admin', home: 'opendatahub/model-training' });
  });

  it('is nothing where nothing is configured', async () => {
    expect(await createDefaults(file(undefined), noHomes)({ claims: { groups: ['research'] } }, { kind: 'none' })).toEqual({});
  });

  it('is the home that administrators chose in the app, where the configuration says none: of the group, else of everyone', async () => {
    const chosen = createDefaults(configured, () => Promise.resolve({ everyone: 'opendatahub/all', groups: { research: 'opendatahub/other', pipelines: 'opendatahub/pipelines' } }));
    const homeOf = async (...groups: string[]) => (await chosen({ claims: { groups } }, { kind: 'none' })).home;
    expect([await homeOf('research'), await homeOf('pipelines'), await homeOf('others')]).toEqual(['opendatahub/model-training', 'opendatahub/pipelines', 'opendatahub/all']);
  });

  it('does not name a project that is not theirs', async () => {
    const chosen = createDefaults(configured, () => Promise.resolve({ everyone: 'secret-project/plan', groups: {} }));
    expect((await chosen({ claims: {} }, scopeOf(['fraud']))).home).toBeUndefined();
    expect((await chosen({ claims: {} }, scopeOf(['secret-project']))).home).toBe('secret-project/plan');
  });

  it('refuses a home that names no dashboard', () => {
    expect(() => file({ homes: { research: 'model-training' } })).toThrow('<project>/<name>');
  });
});
