/** Rows of Grafana, which stand between panels, as grids of Perses, which hold them. */
import type { GrafanaPanel, GrafanaRowOrPanel } from './model';
import type { Notes } from './report';

export interface Row {
  /** Undefined for the panels before the first row. */
  readonly title: string | undefined;
  readonly open: boolean;
  readonly repeat: string | undefined;
  readonly panels: readonly GrafanaPanel[];
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Columns of the grid, in both products. */
const columns = 24;

const defaultPosition = { x: 0, y: 0, w: 12, h: 8 };

export function rowsOf(panels: readonly GrafanaRowOrPanel[]): Row[] {
  const rows: (Omit<Row, 'panels'> & { readonly panels: GrafanaPanel[] })[] = [{ title: undefined, open: true, repeat: undefined, panels: [] }];
  const ordered = panels.map((panel) => ({ panel, y: panel.gridPos?.y ?? 0, x: panel.gridPos?.x ?? 0 })).sort((a, b) => a.y - b.y || a.x - b.x);
  for (const { panel } of ordered) {
    if (panel.type === 'row') rows.push({ title: panel.title ?? '', open: panel.collapsed !== true, repeat: panel.repeat, panels: [...panel.panels] });
    else rows.at(-1)?.panels.push(panel);
  }
  return rows.filter((row) => row.panels.length > 0);
}

/** Where each panel of a row stands, counted from the row's own top; none on another. */
export function placesOf({ panels }: Row, notesOf: (panel: GrafanaPanel) => Notes): Map<GrafanaPanel, Place> {
  const top = Math.min(...panels.map(({ gridPos }) => gridPos?.y ?? 0));
  const places = new Map<GrafanaPanel, Place>();
  for (const panel of panels) {
    const { x, y, w, h } = panel.gridPos ?? defaultPosition;
    const width = Math.min(columns, Math.max(1, Math.round(w)));
    let place = { x: Math.min(columns - width, Math.max(0, Math.round(x))), y: Math.max(0, Math.round(y - top)), width, height: Math.max(1, Math.round(h)) };
    const wanted = place;
    for (let under = first(places, place); under !== undefined; under = first(places, place)) place = { ...place, y: under.y + under.height };
    if (place !== wanted || panel.gridPos === undefined) notesOf(panel).approximated('it stands elsewhere, because another panel was in its place');
    places.set(panel, place);
  }
  return places;
}

function first(places: ReadonlyMap<GrafanaPanel, Place>, place: Place): Place | undefined {
  return [...places.values()].find((other) => place.x < other.x + other.width && other.x < place.x + place.width && place.y < other.y + other.height && other.y < place.y + place.height);
}
