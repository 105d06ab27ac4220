/** Where panels stand: inside the grid, on no other panel, each exactly once. */
import type { DashboardSpec } from '../../contracts/dashboard';
import type { DashboardProblem } from '../parse';

/** Columns of Perses's grid. */
const columns = 24;

type Item = DashboardSpec['layouts'][number]['spec']['items'][number];

const panelOf = ({ content }: Item): string => content.$ref.replace(/^#\/spec\/panels\//, '');

const overlap = (a: Item, b: Item): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/**
 * Items with one that they lie on. From top to bottom, so that each is compared with those only that reach its row; one
 * that lies on another does not count among these.
 */
function itemsUnder(items: readonly Item[]): ReadonlyMap<Item, Item> {
  const under = new Map<Item, Item>();
  const place = new Map(items.map((item, index) => [item, index]));
  let reaching: Item[] = [];
  for (const item of [...items].sort((a, b) => a.y - b.y)) {
    reaching = reaching.filter(({ y, height }) => y + height > item.y);
    const other = reaching.find((each) => overlap(item, each));
    if (other === undefined) {
      if (item.width > 0 && item.height > 0) reaching.push(item);
    } else if ((place.get(item) ?? 0) > (place.get(other) ?? 0)) under.set(item, other);
    else under.set(other, item);
  }
  return under;
}

export function layoutProblems({ layouts, panels }: DashboardSpec): DashboardProblem[] {
  const problems: DashboardProblem[] = [];
  const shown = new Set<string>();
  for (const [layoutIndex, { spec }] of layouts.entries()) {
    const under = itemsUnder(spec.items);
    for (const [index, item] of spec.items.entries()) {
      const add = (reason: string): void => void problems.push({ path: ['layouts', layoutIndex, 'spec', 'items', index], reason });
      const panel = panelOf(item);
      if (item.x < 0 || item.y < 0 || item.width < 1 || item.height < 1 || item.x + item.width > columns) {
        add(`"${panel}" does not stand within the ${columns} columns`);
      }
      const other = under.get(item);
      if (other !== undefined) add(`"${panel}" overlaps "${panelOf(other)}"`);
      if (shown.has(panel)) add(`"${panel}" is shown twice`);
      shown.add(panel);
    }
  }
  for (const panel of Object.keys(panels)) {
    if (!shown.has(panel)) problems.push({ path: ['panels', panel], reason: 'the panel is not shown' });
  }
  return problems;
}
