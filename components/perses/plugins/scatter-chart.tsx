/**
 * A scatter of two queries: the first to the right, the second upwards. In the place of Perses's own, which draws traces
 * only. Each pair of series has its colour, its shape and its name at its newest point; earlier points are smaller and
 * fainter.
 */
import { useMemo } from 'react';
import { EChart, useChartsTheme } from '@perses-dev/components';
import { formatValue, type TimeSeriesData } from '@perses-dev/core';
import type { PanelProps } from '@perses-dev/plugin-system';
import type { ScatterChartOptions } from '@perses-dev/scatter-chart-plugin/lib/scatter-chart-model';
import { ScatterChart as Points } from 'echarts/charts';
import { use as register } from 'echarts/core';
import { useTokens } from '../use-tokens';
import { correlate, measureOf, spread } from './correlation';
import { lineHeight, textTooltip } from './figures';
import { panel } from './panel';

register([Points]);

/** Told apart without colour; with more pairs the names still are. */
const shapes = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'] as const;

/** Points of one pair, at most; more are drawn over one another. */
const mostPoints = 60;

/** Diameters of earlier points and of the newest, in pixels. */
const usualSizes: [number, number] = [5, 14];

const extentOf = (values: readonly number[]): [number, number] => [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];

// The unit is in the name of the axis.
const write = (value: number): string => formatValue(value, { unit: 'decimal' });

interface Shown {
  readonly seriesName: string;
  readonly data: { readonly value: readonly [number, number] };
}

function ScatterChartPanel({ spec: { sizeRange = usualSizes }, contentDimensions, queryResults }: PanelProps<Pick<ScatterChartOptions, 'sizeRange'>, TimeSeriesData>) {
  const { echartsTheme, noDataOption } = useChartsTheme();
  const { series: palette, text, background } = useTokens();
  const [x, y] = queryResults.map(({ data }) => data);
  const [small, large] = sizeRange;
  const { height = 0 } = contentDimensions ?? {};

  const option = useMemo(() => {
    const pairs = correlate(x, y);
    if (pairs.length === 0) {
      return noDataOption;
    }
    const axis = (name: string) => ({ type: 'value', scale: true, name, nameTextStyle: { color: text }, axisLabel: { hideOverlap: true, formatter: write } });
    const [right, up] = [measureOf(x), measureOf(y)];
    const [fromLeft, toRight] = extentOf(pairs.flatMap(({ points }) => points.map(([value]) => value)));
    const [fromBottom, toTop] = extentOf(pairs.flatMap(({ points }) => points.map(([, value]) => value)));
    // About where the names stand; axes and title take the rest.
    const pixels = Math.max(1, height - 120) / (toTop - fromBottom || 1);
    const shifts = spread(pairs.map(({ points }) => -(points.at(-1)?.[1] ?? 0) * pixels), lineHeight);
    return {
      grid: { left: 16, right: 28, top: 36, bottom: 28, containLabel: true },
      xAxis: { ...axis(right), nameLocation: 'middle', nameGap: 28 },
      // Above the axis, where it is read without turning one's head.
      yAxis: { ...axis(up), nameTextStyle: { color: text, align: 'left' } },
      tooltip: { ...textTooltip, formatter: ({ seriesName, data: { value } }: Shown) => `${seriesName}\n${right}: ${write(value[0])}\n${up}: ${write(value[1])}` },
      series: pairs.map(({ name, points }, index) => {
        const every = Math.ceil(points.length / mostPoints);
        const newest = points.at(-1);
        return {
          type: 'scatter',
          name,
          symbol: shapes[index % shapes.length],
          color: palette[index % palette.length],
          data: [
            ...points.slice(0, -1).flatMap((value, at) => (at % every === 0 ? [{ value, symbolSize: small, itemStyle: { opacity: 0.35 } }] : [])),
            {
              value: newest,
              symbolSize: large,
              itemStyle: { borderColor: background, borderWidth: 1 },
              label: { show: true, lineHeight, formatter: name, position: (newest?.[0] ?? 0) < (fromLeft + toRight) / 2 ? 'right' : 'left', offset: [0, shifts[index] ?? 0], color: text, textBorderColor: background, textBorderWidth: 3 },
            },
          ],
        };
      }),
    };
  }, [x, y, small, large, height, palette, text, background, noDataOption]);

  return contentDimensions === undefined ? null : <EChart sx={{ ...contentDimensions }} option={option} theme={echartsTheme} />;
}

export const ScatterChart = panel(ScatterChartPanel);
