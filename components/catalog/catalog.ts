/** The list of dashboards in order and in words: grouping by category, order by role, search and filters, labels. Pure. */
import { audiences, categories, type Audience, type Category, type Dashboard } from '../../lib/contracts/dashboard';
import { texts } from '../texts';

const { categories: categoryNames, audiences: audienceNames, category: { other: otherName } } = texts.catalog;

export interface CatalogEntry {
  readonly project: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Category in words; dashboards of no known category come last, under "Other". */
  readonly category: string;
  /** For whom it is made; empty means everyone. */
  readonly audiences: readonly string[];
  /** What else it is about, in the author's words. */
  readonly tags: readonly string[];
  readonly priority: number;
  /** When its definition was changed last. */
  readonly changed: Date | undefined;
}

/** What each role works with most, first. */
const firstCategories: Readonly<Record<Audience, readonly Category[]>> = {
  'data-scientist': ['training', 'notebooks', 'quality'],
  mlops: ['serving', 'pipelines', 'quality'],
  admin: ['platform', 'cost'],
};

export interface CatalogGroup {
  readonly category: string;
  readonly entries: readonly CatalogEntry[];
}

export function catalogEntry({ metadata, spec }: Dashboard): CatalogEntry {
  const annotations = metadata.annotations ?? {};
  const category = categories.find((known) => known === annotations['category']);
  const wanted = listOf(annotations['audience']);
  const changed = new Date(metadata.updatedAt ?? Number.NaN);
  const priority = Number(annotations['priority'] ?? Number.NaN);
  return {
    project: metadata.project,
    name: metadata.name,
    title: spec.display?.name ?? metadata.name,
    description: spec.display?.description ?? '',
    category: category === undefined ? otherName : categoryNames[category],
    audiences: audiences.filter((audience) => wanted.includes(audience)).map((audience) => audienceNames[audience]),
    tags: [...new Set(listOf(annotations['tags']))].sort((a, b) => a.localeCompare(b, 'en')),
    changed: Number.isNaN(changed.getTime()) ? undefined : changed,
    priority: Number.isFinite(priority) ? priority : Number.MAX_SAFE_INTEGER,
  };
}

function listOf(annotation = ''): string[] {
  return annotation
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

/** Entries that hold every word of the search in what a card shows. */
export function searchEntries(entries: readonly CatalogEntry[], search: string): readonly CatalogEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    const text = [entry.title, entry.description, entry.category, ...entry.audiences, ...entry.tags].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * Groups in the order of the role's categories, then of all others; in each, what is made for the role first, then by
 * priority and title.
 *
 * @param role what the person works as; undefined for nobody in particular
 */
export function groupEntries(entries: readonly CatalogEntry[], role?: Audience): readonly CatalogGroup[] {
  const order = [...new Set([...(role === undefined ? [] : firstCategories[role]), ...categories])];
  const isFor = ({ audiences: ofEntry }: CatalogEntry): boolean => role !== undefined && ofEntry.includes(audienceNames[role]);
  return [...order.map((category) => categoryNames[category]), otherName]
    .map((category) => ({
      category,
      entries: entries
        .filter((entry) => entry.category === category)
        .sort((a, b) => Number(isFor(b)) - Number(isFor(a)) || a.priority - b.priority || a.title.localeCompare(b.title, 'en')),
    }))
    .filter((group) => group.entries.length > 0);
}
