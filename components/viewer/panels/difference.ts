/** A figure beside what it was at an earlier time, in words. Pure. */
import { formatValue, type FormatOptions, type TimeSeriesData } from '@perses-dev/core';
import { calculate } from '../../perses/calculation';
import { texts } from '../../texts';

/**
 * @param calculation how the panel makes one figure of a series, as Perses names it
 * @param name what the earlier time is called
 * @returns undefined where there is not one figure on either side
 */
export function differenceText(
  calculation: unknown,
  present: readonly TimeSeriesData[],
  compared: readonly TimeSeriesData[],
  format: FormatOptions | undefined,
  name: string,
): string | undefined {
  const figureOf = (data: readonly TimeSeriesData[]): number | undefined => {
    const [first, ...more] = data.flatMap(({ series }) => series);
    const figure = first === undefined || more.length > 0 ? undefined : calculate(calculation, first);
    return typeof figure === 'number' && Number.isFinite(figure) ? figure : undefined;
  };
  const now = figureOf(present);
  const then = figureOf(compared);
  if (now === undefined || then === undefined) {
    return undefined;
  }
  const text = formatValue(then, format);
  if (now === then) {
    return texts.time.compare.same(name, text);
  }
  const change = then === 0 ? '' : Math.abs((now - then) / then).toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 });
  return texts.time.compare[now > then ? 'up' : 'down'](change, text, name);
}
