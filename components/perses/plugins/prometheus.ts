/**
 * What dashboards use of the Prometheus plugin: its queries and its client. Imported file by file, since the package's
 * plugin objects also bring editors of queries and variables and a metrics explorer, which are as large as all the rest.
 */
import type { BuiltinVariableDefinition } from '@perses-dev/core';
import { isVariableDatasource, parseVariables, type DatasourcePlugin, type TimeSeriesQueryPlugin } from '@perses-dev/plugin-system';
import { getTimeSeriesData } from '@perses-dev/prometheus-plugin/lib/plugins/prometheus-time-series-query/get-time-series-data';
import type { PrometheusTimeSeriesQuerySpec } from '@perses-dev/prometheus-plugin/lib/plugins/prometheus-time-series-query/time-series-query-model';
import { createPrometheusClient, type StoppableClient } from './prometheus-client';

export { PrometheusLabelNamesVariable, PrometheusLabelValuesVariable, PrometheusPromQLVariable } from './prometheus-variables';

/** Stand for themselves until a query runs, which knows its step. */
const intervals = ['__interval', '__interval_ms', '__rate_interval'];

/** Reaches the backend through our proxy and nowhere else, whatever a datasource says of itself. */
export const PrometheusDatasource: DatasourcePlugin<object, StoppableClient> = {
  createClient: (_spec, { proxyUrl = '' }) => createPrometheusClient(proxyUrl),
  getBuiltinVariableDefinitions: () =>
    intervals.map((name): BuiltinVariableDefinition => ({ kind: 'BuiltinVariable', spec: { name, value: () => `$${name}`, source: 'Prometheus', display: { name, hidden: true } } })),
  createInitialOptions: () => ({}),
};

export const PrometheusTimeSeriesQuery: TimeSeriesQueryPlugin<PrometheusTimeSeriesQuerySpec> = {
  getTimeSeriesData,
  dependsOn: ({ query, seriesNameFormat = '', datasource }) => ({
    variables: [query, seriesNameFormat, ...(isVariableDatasource(datasource) ? [datasource] : [])].flatMap((text) => parseVariables(text)),
  }),
  createInitialOptions: () => ({ query: '' }),
};
