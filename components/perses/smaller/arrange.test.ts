import { describe, expect, it } from 'vitest';
import { arrange, rowsOf } from './arrange';

const place = (i: string, x: number, y: number, w: number, h: number) => ({ i, x, y, w, h });
const shown = (...parameters: Parameters<typeof arrange>) => [...arrange(...parameters).values()];

describe('where panels stand', () => {
  it('is where the dashboard puts them', () => {
    const places = [place('a', 0, 0, 12, 6), place('b', 12, 0, 12, 6), place('c', 0, 6, 24, 8)];
    expect(shown(places, 24, false)).toEqual(places);
    expect(rowsOf(places)).toBe(14);
  });

  it('leaves no rows empty above a panel', () => {
    expect(shown([place('a', 0, 3, 12, 6), place('b', 12, 0, 12, 2), place('c', 12, 9, 12, 4)], 24, false)).toEqual([
      place('b', 12, 0, 12, 2),
      place('a', 0, 0, 12, 6),
      place('c', 12, 2, 12, 4),
    ]);
  });

  it('is one below the other where the page is narrow', () => {
    expect(shown([place('a', 0, 0, 12, 6), place('b', 12, 0, 12, 4), place('c', 0, 6, 24, 8)], 2, false)).toEqual([
      place('a', 0, 0, 2, 6),
      place('b', 0, 6, 2, 4),
      place('c', 0, 10, 2, 8),
    ]);
  });

  it('is never on another panel, whatever the dashboard says', () => {
    expect(shown([place('a', 0, 0, 12, 6), place('b', 6, 2, 12, 6)], 24, false)).toEqual([place('a', 0, 0, 12, 6), place('b', 6, 6, 12, 6)]);
  });

  it('stays as it is below a panel that fills the grid', () => {
    expect(shown([place('a', 0, 0, 48, 20), place('b', 12, 0, 12, 6)], 24, true)).toEqual([place('a', 0, 0, 24, 20), place('b', 12, 0, 12, 6)]);
  });
});
