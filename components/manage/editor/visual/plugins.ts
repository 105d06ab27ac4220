/**
 * The plugins with which dashboards are drawn, each with Perses's own editor of its options. The editors are larger than
 * all that draws; they are fetched for those who edit visually only.
 */
import { dynamicImportPluginLoader, type DynamicImportPlugin } from '@perses-dev/plugin-system';
import { pluginModules } from '../../../perses/plugins/modules';
import { manageVisual } from '../../../texts/manage-visual';

type Plugins = Readonly<Record<string, object>>;

/** Perses's plugins by the name of their module; a kind that has no editor is edited as JSON. */
const editors: Readonly<Partial<Record<string, () => Promise<Plugins>>>> = {
  'prometheus': async () => {
    const [query, names, values, promql] = await Promise.all([
      import('@perses-dev/prometheus-plugin/lib/plugins/prometheus-time-series-query/PrometheusTimeSeriesQuery'),
      import('@perses-dev/prometheus-plugin/lib/plugins/PrometheusLabelNamesVariable'),
      import('@perses-dev/prometheus-plugin/lib/plugins/PrometheusLabelValuesVariable'),
      import('@perses-dev/prometheus-plugin/lib/plugins/PrometheusPromQLVariable'),
    ]);
    return { ...query, ...names, ...values, ...promql };
  },
  'static-list-variable': () => import('@perses-dev/static-list-variable-plugin/lib/StaticListVariable'),
  'bar-chart': () => import('@perses-dev/bar-chart-plugin/lib/BarChart'),
  'gauge-chart': () => import('@perses-dev/gauge-chart-plugin/lib/GaugeChart'),
  'heatmap-chart': () => import('@perses-dev/heatmap-chart-plugin/lib/HeatMapChart'),
  'histogram-chart': () => import('@perses-dev/histogram-chart-plugin/lib/HistogramChart'),
  'markdown': () => import('@perses-dev/markdown-plugin/lib/Markdown'),
  'pie-chart': () => import('@perses-dev/pie-chart-plugin/lib/PieChart'),
  'stat-chart': () => import('@perses-dev/stat-chart-plugin/lib/StatChart'),
  'status-history-chart': () => import('@perses-dev/status-history-chart-plugin/lib/StatusHistoryChart'),
  'table': () => import('@perses-dev/table-plugin/lib/Table'),
  'timeseries-chart': () => import('@perses-dev/timeseries-chart-plugin/lib/TimeSeriesChart'),
};

/** What of a plugin edits; how it draws and asks stays ours. */
const editing: ReadonlySet<string> = new Set(['OptionsEditorComponent', 'panelOptionsEditorComponents', 'createInitialOptions', 'hideQueryEditor']);

function withEditor(plugin: DynamicImportPlugin): DynamicImportPlugin {
  const { resource } = plugin;
  const { metadata, spec } = resource;
  const plugins = spec.plugins.map((one) => ({ ...one, spec: { ...one.spec, display: { name: manageVisual.kinds[one.spec.name] ?? one.spec.name } } }));
  return {
    resource: { ...resource, spec: { ...spec, plugins } },
    importPlugin: async () => {
      // Modules of plugins are kinds and what stands for them; Perses itself knows no more.
      const [drawing, theirs] = await Promise.all([plugin.importPlugin() as Promise<Plugins>, editors[metadata.name]?.()]);
      const editorOf = (kind: string) => Object.fromEntries(Object.entries(theirs?.[kind] ?? {}).filter(([part]) => editing.has(part)));
      return Object.fromEntries(Object.entries(drawing).map(([kind, one]) => [kind, { ...one, ...editorOf(kind) }]));
    },
  };
}

/** For Perses's registry, with what a new panel and a new query begin as. */
export const editingPlugins = {
  pluginLoader: dynamicImportPluginLoader(pluginModules.map(withEditor)),
  defaultPluginKinds: { Panel: 'TimeSeriesChart', TimeSeriesQuery: 'PrometheusTimeSeriesQuery' },
};
