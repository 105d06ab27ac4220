import { expect, it } from 'vitest';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import { bandsOf, rowsOf, type Cell } from './grid';

const panel = { kind: 'Panel' as const, spec: { display: { name: 'A' }, plugin: { kind: 'StatChart', spec: {} } } };

function dashboard(cells: readonly Cell[], display?: object): Dashboard {
  const items = cells.map(({ panel: key, ...place }) => ({ ...place, content: { $ref: `#/spec/panels/${key}` } }));
  return { kind: 'Dashboard', metadata: { name: 'grid', project: 'platform', version: 0 }, spec: { duration: '1h', panels: Object.fromEntries(cells.map(({ panel: key }) => [key, panel])), layouts: [{ kind: 'Grid', spec: { items, ...display } }] } };
}

const cell = (key: string, x: number, y: number, width: number, height: number): Cell => ({ panel: key, x, y, width, height });
const cellsOf = (...parameters: Parameters<typeof rowsOf>) => rowsOf(...parameters).flatMap(({ cells }) => cells);

it('keeps panels where the dashboard puts them, closed up to the top', () => {
  expect(cellsOf(dashboard([cell('a', 0, 2, 12, 4), cell('b', 12, 2, 12, 6), cell('c', 0, 9, 24, 8)]))).toEqual([cell('a', 0, 0, 12, 4), cell('b', 12, 0, 12, 6), cell('c', 0, 6, 24, 8)]);
});

it('fills the row when only some panels are shown', () => {
  const all = dashboard([cell('a', 0, 0, 6, 4), cell('b', 6, 0, 6, 4), cell('c', 12, 0, 12, 4), cell('d', 0, 4, 12, 8), cell('e', 12, 4, 12, 8)]);
  expect(cellsOf(all, new Set(['a', 'b', 'e']))).toEqual([cell('a', 0, 0, 12, 4), cell('b', 12, 0, 12, 4), cell('e', 0, 4, 24, 8)]);
});

it('leaves out a row of which nothing is shown, and items whose panel does not exist', () => {
  const all = dashboard([cell('a', 0, 0, 6, 4)]);
  expect(rowsOf(all, new Set())).toEqual([]);
  expect(rowsOf({ ...all, spec: { ...all.spec, panels: {} } })).toEqual([]);
});

it('knows a row’s title, whether it can be closed, and what it is repeated for', () => {
  expect(rowsOf(dashboard([cell('a', 0, 0, 6, 4)], { display: { title: 'GPUs', collapse: { open: false } }, repeatVariable: 'job' }))).toMatchObject([{ title: 'GPUs', open: false, repeatVariable: 'job' }]);
  expect(rowsOf(dashboard([cell('a', 0, 0, 6, 4)]))).toMatchObject([{ title: undefined, open: undefined, repeatVariable: undefined }]);
});

it('finds where a page may end: between cells that do not reach into each other', () => {
  const cells = [cell('a', 0, 0, 12, 4), cell('b', 12, 0, 12, 6), cell('c', 0, 4, 12, 2), cell('d', 0, 6, 24, 8)];
  expect(bandsOf(cells)).toEqual([[cell('a', 0, 0, 12, 4), cell('b', 12, 0, 12, 6), cell('c', 0, 4, 12, 2)], [cell('d', 0, 0, 24, 8)]]);
});
