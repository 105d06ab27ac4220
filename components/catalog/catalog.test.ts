import { describe, expect, it } from 'vitest';
import type { Dashboard } from '../../lib/contracts/dashboard';
import { catalogEntry, groupEntries, searchEntries } from './catalog';

function dashboard(name: string, annotations: Record<string, string> = {}, display = { name: name.toUpperCase(), description: `About ${name}` }): Dashboard {
  return { kind: 'Dashboard', metadata: { name, project: 'platform', version: 0, annotations }, spec: { display, duration: '1h', panels: {}, layouts: [] } };
}

describe('an entry of the list', () => {
  it('names category and audiences in words', () => {
    expect(catalogEntry(dashboard('a', { category: 'training', audience: 'mlops, data-scientist' }))).toMatchObject({
      title: 'A',
      description: 'About a',
      category: 'Model training',
      audiences: ['Data scientists', 'MLOps engineers'],
    });
  });

  it('shows a dashboard without annotations, for everyone, under "Other"', () => {
    expect(catalogEntry(dashboard('a'))).toMatchObject({ category: 'Other', audiences: [] });
  });

  it('has the tags of its author once each, in order, and the day of its last change', () => {
    const tagged = dashboard('a', { tags: 'llm, gpu,, llm ' });
    const entry = catalogEntry({ ...tagged, metadata: { ...tagged.metadata, updatedAt: '2026-03-01T10:00:00Z' } });
    expect([entry.tags, entry.changed?.toISOString()]).toEqual([['gpu', 'llm'], '2026-03-01T10:00:00.000Z']);
    expect(searchEntries([entry], 'LLM')).toHaveLength(1);
    expect(catalogEntry({ ...tagged, metadata: { ...tagged.metadata, updatedAt: 'yesterday' } }).changed).toBeUndefined();
  });

  it('ignores a category, an audience or a priority that it does not know', () => {
    const entry = catalogEntry(dashboard('a', { category: 'astrology', audience: 'nobody', priority: 'high' }));
    expect(entry).toMatchObject({ category: 'Other', audiences: [] });
    expect(Number.isFinite(entry.priority)).toBe(true);
  });
});

describe('the list', () => {
  const entries = [
    catalogEntry(dashboard('other')),
    catalogEntry(dashboard('serving', { category: 'serving' })),
    catalogEntry(dashboard('second', { category: 'training', priority: '20' })),
    catalogEntry(dashboard('first', { category: 'training', priority: '10' })),
  ];

  it('groups by category in a fixed order, and in each by priority', () => {
    expect(groupEntries(entries).map(({ category, entries: of }) => [category, of.map(({ name }) => name)])).toEqual([
      ['Model training', ['first', 'second']],
      ['Model serving', ['serving']],
      ['Other', ['other']],
    ]);
  });

  it('finds every word in title, description, category or audience, in any case', () => {
    const names = (search: string) => searchEntries(entries, search).map(({ name }) => name);
    expect(names('TRAINING second')).toEqual(['second']);
    expect(names('about')).toHaveLength(4);
    expect(names('nothing like it')).toEqual([]);
    expect(names('   ')).toHaveLength(4);
  });
});

describe('the list for a role', () => {
  const entries = [dashboard('a', { category: 'training' }), dashboard('b', { category: 'platform', audience: 'admin' }), dashboard('c', { category: 'serving', priority: '1' }), dashboard('d', { category: 'serving', priority: '9', audience: 'mlops' })].map(catalogEntry);

  it.each([
    [undefined, ['a', 'c', 'd', 'b']],
    ['mlops', ['d', 'c', 'a', 'b']],
    ['admin', ['b', 'a', 'c', 'd']],
  ] as const)('%s begins with what is made for it', (role, names) => {
    expect(groupEntries(entries, role).flatMap((group) => group.entries.map(({ name }) => name))).toEqual(names);
  });
});
