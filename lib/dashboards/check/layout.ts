/** Where panels stand: inside the grid, on no other panel, each exactly once. */
import type { DashboardSpec } from '../../contracts/dashboard';
import type { DashboardProblem } from '../parse';

/** Columns of Perses's grid. */
const columns = 24;

type Item = DashboardSpec['layouts'][number]['spec']['items'][number];

const panelOf = ({ content }: Item): string => content.$ref.replace(/^#\/spec\/panels\//, '');

const overlap = (a: Item, b: Item): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export function layoutProblems({ layouts, panels }: DashboardSpec): DashboardProblem[] {
  const problems: DashboardProblem[] = [];
  const shown = new Set<string>();
  for (const [layoutIndex, { spec }] of layouts.entries()) {
    for (const [index, item] of spec.items.entries()) {
      const add = (reason: string): void => void problems.push({ path: ['layouts', layoutIndex, 'spec', 'items', index], reason });
      const panel = panelOf(item);
      if (item.x < 0 || item.y < 0 || item.width < 1 || item.height < 1 || item.x + item.width > columns) {
        add(`"${panel}" does not stand within the ${columns} columns`);
      }
      const under = spec.items.slice(0, index).find((other) => overlap(item, other));
      if (under !== undefined) add(`"${panel}" overlaps "${panelOf(under)}"`);
      if (shown.has(panel)) add(`"${panel}" is shown twice`);
      shown.add(panel);
    }
  }
  for (const panel of Object.keys(panels)) {
    if (!shown.has(panel)) problems.push({ path: ['panels', panel], reason: 'the panel is not shown' });
  }
  return problems;
}
