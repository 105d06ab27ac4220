/**
 * A pie whose slices say what they are. In the place of Perses's own, which tells slices apart by colour alone and draws
 * over its legend; same options, https://perses.dev/perses/docs/plugins/piechart/, without those of the legend.
 */
import { useMemo } from 'react';
import { EChart, useChartsTheme } from '@perses-dev/components';
import { formatValue, type TimeSeriesData } from '@perses-dev/core';
import type { PanelProps } from '@perses-dev/plugin-system';
import type { PieChartOptions } from '@perses-dev/pie-chart-plugin/lib/pie-chart-model';
import { PieChart as Pie } from 'echarts/charts';
import { use as register } from 'echarts/core';
import { useTokens } from '../use-tokens';
import { figuresOf, lineHeight, textTooltip } from './figures';
import { panel } from './panel';

register([Pie]);

function PieChartPanel({ spec, contentDimensions, queryResults }: PanelProps<Partial<PieChartOptions>, TimeSeriesData>) {
  const { echartsTheme, noDataOption } = useChartsTheme();
  const { background, text } = useTokens();
  const { width, height } = contentDimensions ?? { width: 0, height: 0 };
  const { calculation, format, sort, mode } = spec;
  const figures = useMemo(() => figuresOf(queryResults.map(({ data }) => data), calculation, sort), [queryResults, calculation, sort]);

  const option = useMemo(() => {
    if (figures.every(({ share }) => share === 0)) {
      return noDataOption;
    }
    const texts = figures.map(({ value, share }) => {
      const percent = formatValue(share, { unit: 'percent-decimal', decimalPlaces: 0 });
      return mode === 'percentage' ? percent : `${formatValue(value, format ?? { unit: 'decimal' })} (${percent})`;
    });
    const textAt = ({ dataIndex }: { readonly dataIndex: number }): string => texts[dataIndex] ?? '';
    const nameAt = ({ dataIndex }: { readonly dataIndex: number }): string => figures[dataIndex]?.name ?? '';
    return {
      tooltip: { ...textTooltip, formatter: (slice: { readonly dataIndex: number }) => `${nameAt(slice)}: ${textAt(slice)}` },
      series: {
        type: 'pie',
        radius: '60%',
        data: figures.map(({ name, value }) => ({ name, value })),
        itemStyle: { borderColor: background, borderWidth: 2 },
        label: { color: text, lineHeight, width: 0.3 * width, overflow: 'break', formatter: (slice: { readonly dataIndex: number }) => `${nameAt(slice)}\n${textAt(slice)}` },
      },
    };
  }, [figures, format, mode, width, background, text, noDataOption]);

  return contentDimensions === undefined ? null : <EChart sx={{ width, height }} option={option} theme={echartsTheme} />;
}

export const PieChart = panel(PieChartPanel);
