/** The list of managed dashboards in rows: what each says, which are shown, and in which order. Pure. */
import { categories } from '../../lib/contracts/dashboard';
import type { ManagedDashboard, ManagedProblem, Management } from '../../lib/contracts/manage';
import { texts } from '../texts';

const words = texts.manageList;

export type RowState = keyof typeof words.states;

interface Row {
  /** Another one for every row. */
  readonly id: string;
  readonly title: string;
  /** As it is called in addresses; of a broken one, as far as it can be read. */
  readonly name: string | undefined;
  readonly project: string | undefined;
  readonly source: string;
  readonly place: string;
  readonly state: RowState;
}

export interface DashboardRow extends Row {
  readonly dashboard: ManagedDashboard;
}

export interface BrokenRow extends Row {
  readonly state: 'broken';
  readonly problems: readonly ManagedProblem[];
}

export type ManageRow = DashboardRow | BrokenRow;

/** What cannot be served is a row too, one for each place; what a source itself has is none. */
export function rowsOf({ dashboards, problems }: Pick<Management, 'dashboards' | 'problems'>): readonly ManageRow[] {
  const broken = new Map<string, BrokenRow>();
  for (const problem of problems.filter(({ ofSource }) => !ofSource)) {
    const { source, place, name, project } = problem;
    const id = ['broken', source, place, project ?? '', name ?? ''].join(' ');
    const before = broken.get(id);
    broken.set(id, { id, title: name ?? lastPart(place), name, project, source, place, state: 'broken', problems: [...(before?.problems ?? []), problem] });
  }
  return [...broken.values(), ...dashboards.map((dashboard) => ({ id: `${dashboard.source} ${dashboard.place} ${dashboard.project}/${dashboard.name}`, title: dashboard.title, name: dashboard.name, project: dashboard.project, source: dashboard.source, place: dashboard.place, state: dashboard.state, dashboard }))];
}

const lastPart = (place: string): string => place.split('/').at(-1) ?? place;

export function sourceName(source: string): string {
  return words.sources[source] ?? words.folder;
}

export function audienceText({ audience, reserved }: Pick<ManagedDashboard, 'audience' | 'reserved'>): string {
  return reserved ? words.onlyAdministrators : audience.length === 0 ? words.everyone : audience.map((each) => texts.catalog.audiences[each]).join(', ');
}

/** A category in words; what is of none that there is, stands under "Other". */
export function categoryName(category: string | undefined): string {
  const known = categories.find((each) => each === category);
  return known === undefined ? texts.catalog.category.other : texts.catalog.categories[known];
}

/** Dashboards of a category that people find, in the order in which lists show them to nobody in particular. */
export function inOrder(dashboards: readonly ManagedDashboard[], category: string | undefined): readonly ManagedDashboard[] {
  const last = Number.MAX_SAFE_INTEGER;
  return dashboards
    .filter((each) => each.state === 'enabled' && categoryName(each.category) === categoryName(category))
    .sort((a, b) => (a.priority ?? last) - (b.priority ?? last) || compare(a.title, b.title));
}

export interface Filters {
  readonly search: string;
  readonly project: string | undefined;
  readonly source: string | undefined;
  readonly state: RowState | undefined;
}

export const noFilters: Filters = { search: '', project: undefined, source: undefined, state: undefined };

export function filterRows(rows: readonly ManageRow[], { search, project, source, state }: Filters): readonly ManageRow[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = [row.title, row.name, row.project, row.place].join(' ').toLowerCase();
    return (project === undefined || row.project === project) && (source === undefined || row.source === source) && (state === undefined || row.state === state) && wanted.every((word) => text.includes(word));
  });
}

export const sortable = ['name', 'project', 'source', 'audience', 'state', 'changed'] as const;
export type SortKey = (typeof sortable)[number];

export interface Sort {
  readonly by: SortKey;
  readonly descending: boolean;
}

const stateOrder: readonly RowState[] = ['broken', 'shadowed', 'disabled', 'enabled'];

/** By a column; what is broken stands first in every order, because it asks for something. */
export function sortRows(rows: readonly ManageRow[], { by, descending }: Sort): readonly ManageRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => Number(b.state === 'broken') - Number(a.state === 'broken') || sign * compare(valueOf(a, by), valueOf(b, by)) || compare(a.title, b.title) || compare(a.id, b.id));
}

function valueOf(row: ManageRow, by: SortKey): string | number {
  switch (by) {
    case 'name':
      return row.title;
    case 'project':
      return row.project ?? '';
    case 'source':
      return sourceName(row.source);
    case 'audience':
      return 'dashboard' in row ? audienceText(row.dashboard) : '';
    case 'state':
      return stateOrder.indexOf(row.state);
    case 'changed':
      return 'dashboard' in row && row.dashboard.fixedBy !== 'product' ? (row.dashboard.changedAt ?? '') : '';
  }
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en');
}
