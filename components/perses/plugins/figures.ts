/** One figure of each series, as bars and slices show them. Pure. */
import type { TimeSeriesData } from '@perses-dev/core';
import { calculate } from '../calculation';

export interface Figure {
  readonly name: string;
  readonly value: number;
  /** Part of the sum of all, from 0 to 1; 0 where the sum is. */
  readonly share: number;
}

/**
 * @param calculation how a series becomes a figure, by Perses's name
 * @param sort which comes first: the smallest (`asc`) or else the largest
 * @returns those of series that have a value
 */
export function figuresOf(data: readonly TimeSeriesData[], calculation: unknown, sort: unknown): Figure[] {
  const figures = data.flatMap(({ series }) =>
    series.flatMap((each) => {
      const value = calculate(calculation, each);
      return typeof value === 'number' && Number.isFinite(value) ? [{ name: each.formattedName ?? each.name, value }] : [];
    }),
  );
  const sum = figures.reduce((total, { value }) => total + value, 0);
  const direction = sort === 'asc' ? 1 : -1;
  return figures.map((figure) => ({ ...figure, share: sum === 0 ? 0 : figure.value / sum })).sort((a, b) => direction * (a.value - b.value));
}

/** Rough width of text in the size of charts, in pixels: what labels need is known before they are drawn. */
export const widthOf = (text: string): number => 7 * text.length;

/** Of text in charts, in pixels. ECharts takes the width of a Chinese character for it, which may be in no font. */
export const lineHeight = 16;

/** Tooltips with names that come from metrics: they are written as text, never as HTML. */
export const textTooltip = { confine: true, renderMode: 'richText', textStyle: { lineHeight } } as const;
