/**
 * What dashboards use of the Prometheus plugin. Imported file by file: the package's own entry also brings the metrics
 * explorer, which is as large as all the rest.
 */
import { PrometheusTimeSeriesQuery as persesQuery } from '@perses-dev/prometheus-plugin/lib/plugins/prometheus-time-series-query';
import { QueryText } from './QueryText';

export { PrometheusDatasource } from '@perses-dev/prometheus-plugin/lib/plugins/prometheus-datasource';
export { PrometheusLabelNamesVariable } from '@perses-dev/prometheus-plugin/lib/plugins/PrometheusLabelNamesVariable';
export { PrometheusLabelValuesVariable } from '@perses-dev/prometheus-plugin/lib/plugins/PrometheusLabelValuesVariable';
export { PrometheusPromQLVariable } from '@perses-dev/prometheus-plugin/lib/plugins/PrometheusPromQLVariable';

export const PrometheusTimeSeriesQuery: typeof persesQuery = { ...persesQuery, OptionsEditorComponent: QueryText };
