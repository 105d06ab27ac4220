/**
 * The Perses plugins that dashboards may use: one row each, loaded when the first panel, query or variable of its kind
 * is drawn. A kind that is not here shows as "not installed" in its panel.
 */
import { dynamicImportPluginLoader, type DynamicImportPlugin, type PluginMetadata, type PluginType } from '@perses-dev/plugin-system';

const kinds = (type: PluginType, ...names: string[]): PluginMetadata[] =>
  names.map((name) => ({ kind: type, spec: { name, display: { name } } }));

function plugin(name: string, plugins: PluginMetadata[], importPlugin: () => Promise<unknown>): DynamicImportPlugin {
  // Perses shows the version in its own administration only; the lock file is where ours is kept.
  return { resource: { kind: 'PluginModule', metadata: { name, version: '' }, spec: { plugins } }, importPlugin };
}

export const pluginLoader = dynamicImportPluginLoader([
  plugin(
    'prometheus',
    [
      ...kinds('Datasource', 'PrometheusDatasource'),
      ...kinds('TimeSeriesQuery', 'PrometheusTimeSeriesQuery'),
      ...kinds('Variable', 'PrometheusLabelNamesVariable', 'PrometheusLabelValuesVariable', 'PrometheusPromQLVariable'),
    ],
    () => import('./plugins/prometheus'),
  ),
  plugin('static-list-variable', kinds('Variable', 'StaticListVariable'), () => import('@perses-dev/static-list-variable-plugin')),
  plugin('timeseries-chart', kinds('Panel', 'TimeSeriesChart'), () => import('@perses-dev/timeseries-chart-plugin')),
  plugin('stat-chart', kinds('Panel', 'StatChart'), () => import('@perses-dev/stat-chart-plugin')),
]);
