/** Where the panels of a dashboard stand in a grid. Pure; the rules are those of `react-grid-layout`. */

/** In cells of the grid, from its top left. */
export interface Place {
  readonly i: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/**
 * Places as they are shown: within the columns, without gaps above them, and beside or below each other.
 *
 * @param overlapping whether places may lie on one another, as where one fills the grid and the others are hidden
 */
export function arrange(places: readonly Place[], columns: number, overlapping: boolean): Map<string, Place> {
  const within = places.map((place) => {
    const w = Math.min(place.w, columns);
    return { ...place, w, x: Math.min(place.x, columns - w) };
  });
  const arranged = new Map<string, Place>();
  for (const place of within.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    arranged.set(place.i, overlapping ? place : { ...place, y: firstFreeRow(place, [...arranged.values()]) });
  }
  return arranged;
}

/** The lowest end of the places, in rows. */
export const rowsOf = (places: Iterable<Place>): number => Math.max(0, ...[...places].map(({ y, h }) => y + h));

function firstFreeRow(place: Place, above: readonly Place[]): number {
  const blocker = (y: number) => above.find((other) => other.x < place.x + place.w && place.x < other.x + other.w && other.y < y + place.h && y < other.y + other.h);
  let y = Math.min(place.y, rowsOf(above));
  while (y > 0 && blocker(y) === undefined && blocker(y - 1) === undefined) {
    y -= 1;
  }
  for (let other = blocker(y); other !== undefined; other = blocker(y)) {
    y = other.y + other.h;
  }
  return y;
}
