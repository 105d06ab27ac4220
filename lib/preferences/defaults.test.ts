import { describe, expect, it } from 'vitest';
import { configSchema } from '../config/schema';
import { createDefaults } from './defaults';

const file = (preferences: unknown) =>
  configSchema.parse({ publicUrl: 'https://app.test', identity: { issuer: 'https://sso.test', clientId: 'app' }, datasources: [{ name: 'prometheus', default: true, url: 'http://prometheus.test' }], preferences });

const defaultsOf = createDefaults(
  file({
    roles: { 'data-scientist': ['research'], mlops: ['serving-team', 'pipeline-team'], admin: ['platform-team'] },
    homes: { 'serving-team': 'opendatahub/model-serving', research: 'opendatahub/model-training' },
  }),
);
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
  ])('%s', (_what, groups, expected) => {
    expect(of(groups)).toEqual(expected);
  });

  it('is the administrator’s for who sees every project, whatever their groups', () => {
    expect(of(['research'], 'all')).toEqual({ role: 'admin', home: 'opendatahub/model-training' });
  });

  it('is nothing where nothing is configured', () => {
    expect(createDefaults(file(undefined))({ claims: { groups: ['research'] } }, { kind: 'none' })).toEqual({});
  });

  it('refuses a home that names no dashboard', () => {
    expect(() => file({ homes: { research: 'model-training' } })).toThrow('<project>/<name>');
  });
});
