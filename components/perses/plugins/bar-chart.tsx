/**
 * Bars, lying. In the place of Perses's own, which cuts names off at a third of the width and writes the numbers of the
 * axis over one another; same options, https://perses.dev/perses/docs/plugins/barchart/.
 */
import { useMemo } from 'react';
import { EChart, useChartsTheme } from '@perses-dev/components';
import { formatValue, type FormatOptions, type TimeSeriesData } from '@perses-dev/core';
import type { PanelProps } from '@perses-dev/plugin-system';
import type { BarChartOptions } from '@perses-dev/bar-chart-plugin/lib/bar-chart-model';
import { BarChart as Bars } from 'echarts/charts';
import { use as register } from 'echarts/core';
import { figuresOf, lineHeight, textTooltip, widthOf } from './figures';
import { panel } from './panel';

register([Bars]);

/** Height of a bar with its gap, in pixels, below which the panel scrolls. */
const leastHeight = 20;
const padding = 12;
/** Part of the width that names may take. */
const mostForNames = 0.5;

function BarChartPanel({ spec, contentDimensions, queryResults }: PanelProps<Partial<BarChartOptions>, TimeSeriesData>) {
  const { echartsTheme, noDataOption } = useChartsTheme();
  const { width, height } = contentDimensions ?? { width: 0, height: 0 };
  const { calculation, format, sort, mode } = spec;
  const figures = useMemo(() => figuresOf(queryResults.map(({ data }) => data), calculation, sort), [queryResults, calculation, sort]);

  const option = useMemo(() => {
    if (figures.length === 0) {
      return noDataOption;
    }
    const isShare = mode === 'percentage';
    const unit: FormatOptions = isShare ? { unit: 'percent-decimal', ...(format && 'decimalPlaces' in format ? { decimalPlaces: format.decimalPlaces } : {}) } : (format ?? { unit: 'decimal' });
    const texts = figures.map(({ value, share }) => formatValue(isShare ? share : value, unit));
    const room = padding + Math.max(...texts.map(widthOf));
    const names = Math.min(mostForNames * width, Math.max(...figures.map(({ name }) => widthOf(name))));
    return {
      grid: { left: padding, right: room, top: 4, bottom: padding, containLabel: true },
      // A number needs about this much.
      xAxis: { type: 'value', splitNumber: Math.max(1, Math.floor((width - names - room) / 80)), axisLabel: { hideOverlap: true, formatter: (value: number) => formatValue(value, unit) } },
      yAxis: { type: 'category', inverse: true, data: figures.map(({ name }) => name), splitLine: { show: false }, axisLabel: { interval: 0, overflow: 'truncate', width: names } },
      tooltip: { ...textTooltip, formatter: ({ dataIndex }: { readonly dataIndex: number }) => `${figures[dataIndex]?.name ?? ''}: ${texts[dataIndex] ?? ''}` },
      series: {
        type: 'bar',
        data: figures.map(({ value, share }) => (isShare ? share : value)),
        barMaxWidth: 40,
        itemStyle: { borderRadius: 4 },
        label: { show: true, position: 'right', lineHeight, formatter: ({ dataIndex }: { readonly dataIndex: number }) => texts[dataIndex] ?? '' },
      },
    };
  }, [figures, format, mode, width, noDataOption]);

  if (contentDimensions === undefined) {
    return null;
  }
  return (
    <div style={{ width, height, overflow: 'auto' }}>
      <EChart sx={{ width: '100%', height: Math.max(height, figures.length * leastHeight) }} option={option} theme={echartsTheme} />
    </div>
  );
}

export const BarChart = panel(BarChartPanel);
