/**
 * States over time, one row for each series, with a key in the order of its author. In the place of Perses's own panel,
 * which lists states in the order in which it meets them and draws white lines between narrow columns until nothing else
 * is seen; same options, https://perses.dev/perses/docs/plugins/statushistorychart/.
 */
import { useMemo, type ComponentProps } from 'react';
import { EChart, useChartsTheme, useTimeZone } from '@perses-dev/components';
import type { StatusHistoryPanel } from '@perses-dev/status-history-chart-plugin/lib/StatusHistoryPanel';
import { useStatusHistoryDataModel } from '@perses-dev/status-history-chart-plugin/lib/utils/data-transform';
import { getFormattedStatusHistoryAxisLabel } from '@perses-dev/status-history-chart-plugin/lib/utils/get-formatted-axis-label';
import { HeatmapChart } from 'echarts/charts';
import { VisualMapComponent } from 'echarts/components';
import { use as register } from 'echarts/core';
import { z } from '../../../lib/contracts/zod';
import { useTokens } from '../use-tokens';
import { lineHeight, textTooltip, widthOf } from './figures';
import { panel } from './panel';
import styles from './status-history.module.css';

register([HeatmapChart, VisualMapComponent]);

const mappedSchema = z.array(z.looseObject({ spec: z.looseObject({ result: z.looseObject({ value: z.string(), color: z.string() }) }) })).min(1);

/** Height of the key, in pixels. */
const keyHeight = 32;
/** Part of the width that names may take. */
const mostForNames = 0.4;
/** Width of a column, in pixels, from which on lines stand between columns. */
const leastForLines = 8;

interface State {
  readonly label: string;
  readonly color: string;
}

function StatusHistory({ spec, contentDimensions, queryResults }: ComponentProps<typeof StatusHistoryPanel>) {
  const { echartsTheme } = useChartsTheme();
  const { timeZone } = useTimeZone();
  const { background } = useTokens();
  const { statusHistoryData: cells, xAxisCategories: times, yAxisCategories: names, legendItems, timeScale, colors } = useStatusHistoryDataModel(queryResults, echartsTheme.color as string[], spec);
  const { width, height } = contentDimensions ?? { width: 0, height: 0 };
  const mapped = mappedSchema.safeParse(spec.mappings).data;
  const states: readonly State[] = mapped === undefined ? legendItems : mapped.map(({ spec: { result } }) => ({ label: result.value, color: result.color }));

  const option = useMemo(() => {
    const forNames = Math.min(mostForNames * width, Math.max(0, ...names.map(widthOf)));
    const writeTime = getFormattedStatusHistoryAxisLabel(timeScale?.rangeMs ?? 0, timeZone);
    return {
      grid: { left: 12, right: 16, top: 8, bottom: 4, containLabel: true },
      xAxis: { type: 'category', data: times, axisLine: { show: false }, splitArea: { show: false }, axisLabel: { hideOverlap: true, formatter: writeTime } },
      yAxis: { type: 'category', data: names, axisLine: { show: false }, splitLine: { show: false }, axisLabel: { interval: 0, lineHeight, overflow: 'truncate', width: forNames } },
      visualMap: { show: false, type: 'piecewise', pieces: colors },
      tooltip: {
        ...textTooltip,
        formatter: ({ data: { value, label } }: { readonly data: { readonly value: readonly [number, number, number]; readonly label: string } }) =>
          `${names[value[1]] ?? ''}\n${new Date(times[value[0]] ?? 0).toLocaleString(undefined, timeZone === 'local' ? {} : { timeZone })}\n${label}`,
      },
      series: {
        type: 'heatmap',
        data: cells,
        itemStyle: { borderWidth: (width - forNames) / Math.max(1, times.length) < leastForLines ? 0 : 1, borderColor: background },
        emphasis: { itemStyle: { opacity: 0.5 } },
      },
    };
  }, [cells, times, names, timeScale, colors, width, timeZone, background]);

  if (contentDimensions === undefined || cells.length === 0) {
    return null;
  }
  const forKey = spec.legend === undefined ? 0 : keyHeight;
  return (
    <>
      <EChart sx={{ width, height: Math.max(0, height - forKey) }} option={option} theme={echartsTheme} />
      {forKey > 0 && (
        <ul className={styles['key']} style={{ height: forKey }}>
          {[...new Map(states.map(({ label, color }) => [label, color]))].map(([label, color]) => (
            <li key={label}>
              <span className={styles['color']} style={{ background: color }} />
              {label}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export const StatusHistoryChart = panel(StatusHistory);
