/**
 * The Perses plugins that dashboards may use: one row each, loaded when the first panel, query or variable of its kind
 * is drawn. A kind that is not here shows as "not installed" in its panel. Knows no code of Perses until then.
 */
import type { DynamicImportPlugin, PluginMetadata, PluginType } from '@perses-dev/plugin-system';
import { panel } from './panel';

const kinds = (type: PluginType, ...names: string[]): PluginMetadata[] =>
  names.map((name) => ({ kind: type, spec: { name, display: { name } } }));

function plugin(name: string, plugins: PluginMetadata[], importPlugin: () => Promise<unknown>): DynamicImportPlugin {
  // Perses shows the version in its own administration only; the lock file is where ours is kept.
  return { resource: { kind: 'PluginModule', metadata: { name, version: '' }, spec: { plugins } }, importPlugin };
}

export const pluginModules: readonly DynamicImportPlugin[] = [
  plugin(
    'prometheus',
    [
      ...kinds('Datasource', 'PrometheusDatasource'),
      ...kinds('TimeSeriesQuery', 'PrometheusTimeSeriesQuery'),
      ...kinds('Variable', 'PrometheusLabelNamesVariable', 'PrometheusLabelValuesVariable', 'PrometheusPromQLVariable'),
    ],
    () => import('./prometheus'),
  ),
  plugin('static-list-variable', kinds('Variable', 'StaticListVariable'), () => import('./static-list')),
  plugin('bar-chart', kinds('Panel', 'BarChart'), () => import('./bar-chart')),
  plugin('gauge-chart', kinds('Panel', 'GaugeChart'), async () => ({ GaugeChart: panel((await import('@perses-dev/gauge-chart-plugin/lib/GaugeChartPanel')).GaugeChartPanel) })),
  plugin('heatmap-chart', kinds('Panel', 'HeatMapChart'), () => import('./heatmap-chart')),
  plugin('histogram-chart', kinds('Panel', 'HistogramChart'), async () => {
    const { HistogramChartPanel } = await import('@perses-dev/histogram-chart-plugin/lib/components/HistogramChartPanel');
    return { HistogramChart: panel(HistogramChartPanel, { queryOptions: { mode: 'instant' } }) };
  }),
  plugin('markdown', kinds('Panel', 'Markdown'), () => import('./markdown')),
  plugin('pie-chart', kinds('Panel', 'PieChart'), () => import('./pie-chart')),
  plugin('scatter-chart', kinds('Panel', 'ScatterChart'), () => import('./scatter-chart')),
  plugin('stat-chart', kinds('Panel', 'StatChart'), async () => ({ StatChart: panel((await import('@perses-dev/stat-chart-plugin/lib/StatChartPanel')).StatChartPanel) })),
  plugin('status-history-chart', kinds('Panel', 'StatusHistoryChart'), () => import('./status-history-chart')),
  plugin('table', kinds('Panel', 'Table'), async () => {
    const { TablePanel, getTablePanelQueryOptions } = await import('@perses-dev/table-plugin/lib/TablePanel');
    return { Table: panel(TablePanel, { queryOptions: getTablePanelQueryOptions }) };
  }),
  plugin('timeseries-chart', kinds('Panel', 'TimeSeriesChart'), () => import('./timeseries-chart')),
  plugin('timeseries-table', kinds('Panel', 'TimeSeriesTable'), async () => {
    const { TimeSeriesTablePanel } = await import('@perses-dev/timeseries-table-plugin/lib/TimeSeriesTablePanel');
    return { TimeSeriesTable: panel(TimeSeriesTablePanel, { queryOptions: { mode: 'instant' } }) };
  }),
];
