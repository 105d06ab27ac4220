/** The cluster's own monitoring, under the names and labels of Prometheus. Not the demo's Prometheus, which has no past. */
import { at, dailyFlow, diurnal } from '../workloads/profile';
import { counterStart, drift, hour, rounded } from '../workloads/signal';
import { counter, gauge, type Exporter } from './exposition';

const quantiles = [
  { quantile: '0.5', seconds: 0.003 },
  { quantile: '0.9', seconds: 0.024 },
  { quantile: '0.99', seconds: 0.21 },
];

export function monitoringExporter(): Exporter {
  const targets = ['prometheus-k8s-0', 'prometheus-k8s-1'].map((pod) => {
    const labels = { namespace: 'openshift-monitoring', pod };
    const wander = drift(`${pod}/series`, 45 * 60);
    const series = 412_000;
    const appended = dailyFlow((second) => (series / 30) * diurnal(at(14), 0.03)(second));
    const families = [
      gauge('prometheus_tsdb_head_series', 'Total number of series in the head block.', [{ labels, value: rounded((time) => series * (1 + 0.02 * wander(time))) }]),
      counter('prometheus_tsdb_head_samples_appended_total', 'Total number of appended samples.', [{ labels, value: rounded(appended.total) }]),
      gauge('prometheus_tsdb_storage_blocks_bytes', 'The number of bytes that are currently used for local storage by all blocks.', [
        { labels, value: rounded((time) => 61e9 * (1 + 0.01 * wander(time))) },
      ]),
      counter('prometheus_rule_evaluation_failures_total', 'The total number of rule evaluation failures.', [{ labels, value: (time: number) => Math.floor((time - counterStart) / (31 * hour)) }]),
      gauge(
        'prometheus_engine_query_duration_seconds',
        'Query timings.',
        quantiles.map(({ quantile, seconds }) => ({ labels: { ...labels, slice: 'inner_eval', quantile }, value: rounded((time) => seconds * (1 + 0.3 * wander(time)), 5) })),
      ),
    ];
    return { instance: `${pod}:9090`, families };
  });
  return { job: 'prometheus-k8s', path: '/metrics/prometheus-k8s', targets };
}
