/** Where a dashboard's panels stand: its rows and the cells of their grids. Pure. */
import type { Dashboard } from '../../../lib/contracts/dashboard';
import { z } from '../../../lib/contracts/zod';

/** Columns of a Perses grid. */
export const columns = 24;

export interface Cell {
  /** Key of the panel in the dashboard. */
  readonly panel: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Row {
  readonly title: string | undefined;
  /** Whether it is open at first; undefined for a row that cannot be closed. */
  readonly open: boolean | undefined;
  /** Name of the variable for each of whose values the row is repeated. */
  readonly repeatVariable: string | undefined;
  readonly cells: readonly Cell[];
}

/** What Perses adds to the layout (https://perses.dev/perses/docs/api/dashboard/), where it is of the shape that it gives it. */
const rowSpec = z.looseObject({
  display: z.looseObject({ title: z.string(), collapse: z.looseObject({ open: z.boolean() }).optional() }).optional().catch(undefined),
  repeatVariable: z.string().min(1).optional().catch(undefined),
});

const panelReference = '#/spec/panels/';

/**
 * The rows of a dashboard, without those that have nothing to show.
 *
 * @param shown keys of the panels to show; undefined for all. Fewer panels close up, and fill the width of the row.
 */
export function rowsOf({ spec }: Dashboard, shown?: ReadonlySet<string>): Row[] {
  return spec.layouts.flatMap(({ spec: layout }) => {
    const { display, repeatVariable } = rowSpec.parse(layout);
    const all = layout.items
      .map(({ content, ...place }): Cell => ({ ...place, panel: content.$ref.slice(panelReference.length) }))
      .filter(({ panel }) => panel in spec.panels);
    const cells = shown === undefined ? compact(all) : refill(all.filter(({ panel }) => shown.has(panel)));
    return cells.length === 0 ? [] : [{ title: display?.title, open: display?.collapse?.open, repeatVariable, cells }];
  });
}

const inOrder = (cells: readonly Cell[]): Cell[] => [...cells].sort((a, b) => a.y - b.y || a.x - b.x);

/** Moves every cell up as far as nothing is in its way, as Perses does. */
function compact(cells: readonly Cell[]): Cell[] {
  const placed: Cell[] = [];
  for (const cell of inOrder(cells)) {
    const above = placed.filter(({ x, width }) => x < cell.x + cell.width && cell.x < x + width);
    placed.push({ ...cell, y: Math.max(0, ...above.map(({ y, height }) => y + height)) });
  }
  return placed;
}

/** Groups of cells one below the other, none of which reaches into the next; each with its own top at 0. */
export function bandsOf(cells: readonly Cell[]): Cell[][] {
  const bands: { readonly top: number; bottom: number; readonly cells: Cell[] }[] = [];
  for (const cell of inOrder(cells)) {
    const band = bands.at(-1);
    if (band === undefined || cell.y >= band.bottom) {
      bands.push({ top: cell.y, bottom: cell.y + cell.height, cells: [{ ...cell, y: 0 }] });
    } else {
      band.bottom = Math.max(band.bottom, cell.y + cell.height);
      band.cells.push({ ...cell, y: cell.y - band.top });
    }
  }
  return bands.map((band) => band.cells);
}

/** Places cells one after the other and widens those of a line so that they fill it. */
function refill(cells: readonly Cell[]): Cell[] {
  const lines: Cell[][] = [];
  const widthOf = (line: readonly Cell[]): number => line.reduce((sum, { width }) => sum + width, 0);
  for (const cell of inOrder(cells)) {
    const line = lines.at(-1);
    if (line === undefined || widthOf(line) + cell.width > columns || Math.abs((line[0]?.height ?? 0) - cell.height) > 2) {
      lines.push([cell]);
    } else {
      line.push(cell);
    }
  }
  let y = 0;
  return lines.flatMap((line) => {
    const scale = columns / widthOf(line);
    const height = Math.max(...line.map((cell) => cell.height));
    let sum = 0;
    const filled = line.map((cell): Cell => {
      const x = Math.round(sum * scale);
      sum += cell.width;
      return { ...cell, x, y, width: Math.round(sum * scale) - x, height };
    });
    y += height;
    return filled;
  });
}
