/** The demo's history in a real Prometheus: what happened in it, that it goes on live, and that it is there again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { exporters } from '../exporters/exporters';
import { storedSeries } from '../exporters/exposition';
import { historyHours, startHistoryPrometheus, type HistoryPrometheus } from '../testing/history-prometheus';
import { at } from '../workloads/profile';
import { day } from '../workloads/signal';
import { recordedSeries } from './recorded';

/** Writing a day of history takes seconds on an idle machine, and minutes on one that does much else. */
const startTimeout = 600_000;
/** In seconds. Samples of history are 150 s apart at most, live ones 15 s; between them lies the start of Prometheus. */
const longestGap = 200;

let directory: string;
let demo: HistoryPrometheus;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'odh-demo-'));
  demo = await startHistoryPrometheus(directory);
}, startTimeout);
afterAll(async () => {
  await demo.stop();
  await rm(directory, { recursive: true, force: true });
});

/** The last time that it was this second of the day, with `margin` seconds of history after it. */
function last(second: number, margin = 0): number {
  const now = demo.started - margin;
  return Math.floor((now - second) / day) * day + second;
}

const latency = (quantile: number, model: string, more = '') =>
  `histogram_quantile(${quantile}, sum by (le) (rate(istio_request_duration_milliseconds_bucket{destination_canonical_service="${model}"${more}}[5m])))`;
const errorShare = (model: string) =>
  `sum(rate(istio_requests_total{destination_canonical_service="${model}", response_code=~"5.."}[5m])) / sum(rate(istio_requests_total{destination_canonical_service="${model}"}[5m]))`;

describe('the batch that bert-v2 cannot keep up with', () => {
  test('takes p99 latency from 200 ms to 1.2 s and back', async () => {
    expect(await demo.number(latency(0.99, 'bert-v2'), last(at(12, 50)))).toBeCloseTo(200, -1.5);
    expect(await demo.number(latency(0.99, 'bert-v2'), last(at(13, 14)))).toBeGreaterThan(1100);
    expect(await demo.number(latency(0.99, 'bert-v2'), last(at(13, 14)))).toBeLessThan(1300);
    expect(await demo.number(latency(0.99, 'bert-v2'), last(at(13, 40)))).toBeLessThan(230);
  });

  test('fails two of a hundred requests', async () => {
    expect(await demo.number(errorShare('bert-v2'), last(at(13, 14)))).toBeCloseTo(0.02, 2.5);
    expect(await demo.number(errorShare('bert-v2'), last(at(12, 50)))).toBeLessThan(0.001);
  });

  test('is met by replicas that come twelve minutes late, and are ready when latency falls', async () => {
    const replicas = (which: string, time: number) => demo.number(`kube_horizontalpodautoscaler_status_${which}_replicas{horizontalpodautoscaler="bert-v2-predictor"}`, time);
    expect(await replicas('desired', last(at(13, 8)))).toBe(6);
    expect(await replicas('current', last(at(13, 8)))).toBe(2);
    expect(await replicas('current', last(at(13, 25)))).toBe(6);
    const pods = 'count(container_memory_working_set_bytes{pod=~"bert-v2-predictor-.*"})';
    expect([await demo.number(pods, last(at(13, 8))), await demo.number(pods, last(at(13, 25)))]).toEqual([2, 6]);
  });

  test('raised an alert while it lasted', async () => {
    const time = last(at(13, 20));
    const alerts = await demo.query('ALERTS{alertstate="firing", namespace="bert-serving"}', time);
    expect(alerts.map(({ metric }) => metric.alertname)).toContain('ModelLatencyHigh');
    expect(await demo.query('ALERTS{alertstate="firing", alertname="ModelLatencyHigh", namespace="bert-serving"}', last(at(12, 30)))).toEqual([]);
  });
});

test('the canary is 15 % faster and uses 20 % more memory', async () => {
  const time = last(at(16));
  const median = (version: string) => demo.number(latency(0.5, 'fraud-scorer', `, destination_canonical_revision="${version}"`), time);
  expect((await median('1.9-canary')) / (await median('1.8'))).toBeCloseTo(0.85, 1.3);
  const memory = (version: string) =>
    demo.number(`avg(container_memory_working_set_bytes * on (namespace, pod) group_left (version) odh_workload_pod_info{workload="fraud-scorer", version="${version}"})`, time);
  expect((await memory('1.9-canary')) / (await memory('1.8'))).toBeCloseTo(1.2, 0.8);
});

test('the starved training job waits for its loader, its neighbour does not', async () => {
  const wait = (job: string) => demo.number(`avg_over_time(odh_training_dataloader_wait_ratio{job_name="${job}"}[1h])`);
  expect(await wait('llama-finetune')).toBeGreaterThan(0.5);
  expect(await wait('mistral-pretrain')).toBeLessThan(0.05);
  const throttled = (job: string) =>
    demo.number(`sum(rate(container_cpu_cfs_throttled_periods_total{pod=~"${job}-worker-.*"}[10m])) / sum(rate(container_cpu_cfs_periods_total{pod=~"${job}-worker-.*"}[10m]))`);
  expect(await throttled('llama-finetune')).toBeGreaterThan(0.5);
  expect(await throttled('mistral-pretrain')).toBeLessThan(0.1);
});

test('at two in the night thirty times as much leaves churn-analytics, from one workload', async () => {
  const sent = (time: number) => demo.number('sum(rate(container_network_transmit_bytes_total{namespace="churn-analytics"}[5m]))', time);
  expect((await sent(last(at(2, 20)))) / (await sent(last(at(1, 40))))).toBeGreaterThan(20);
  const [top] = await demo.query('topk(1, rate(container_network_transmit_bytes_total{namespace="churn-analytics"}[5m]))', last(at(2, 20)));
  expect(top?.metric.pod).toMatch(/^customer-export-/);
});

test('at three in the night the GPUs of med-imaging fall to 15 %', async () => {
  const used = (time: number) => demo.number('avg(avg_over_time(DCGM_FI_DEV_GPU_UTIL{namespace="med-imaging", pod=~"segmentation-unet-.*"}[10m]))', time);
  expect(await used(last(at(2, 50)))).toBeGreaterThan(70);
  expect(await used(last(at(3, 40)))).toBeCloseTo(15, -0.8);
});

test('claims-etl fails more than a third of its runs, always in the same step, and one of its runs hangs', async () => {
  // As many runs as it takes to see it whatever the day: the long history of a counter is its total.
  const share = '(odh_pipeline_runs_total{pipeline="claims-etl", status="Failed"} / ignoring (status) sum without (status) (odh_pipeline_runs_total{pipeline="claims-etl"}))';
  expect(await demo.number(share)).toBeCloseTo(22 / 60, 2);
  const failing = await demo.query('increase(odh_pipeline_step_runs_total{pipeline="claims-etl", status="Failed"}[24h]) > 0.5');
  expect(failing.map(({ metric }) => metric.component)).toEqual(['validate-schema']);
  const stuck = 'odh_pipeline_run_elapsed_seconds > on (namespace, pipeline) group_left () 2 * odh_pipeline_run_expected_seconds';
  const runs = await demo.query(`max by (run) (max_over_time((${stuck})[24h:5m]))`);
  expect(runs.map(({ metric }) => metric.run)).toContain('claims-etl-1000');
});

test('one feature of fraud-scorer drifts over the day, the others do not, and one view of Feast is stale at night', async () => {
  const drifting = await demo.query('odh_feature_drift_ks{namespace="fraud-detection"} > 0.2', last(at(18)));
  expect(drifting.map(({ metric }) => metric.feature)).toEqual(['transaction_amount']);
  expect(await demo.query('odh_feature_drift_ks{namespace="fraud-detection"} > 0.2', last(at(5)))).toEqual([]);
  const stale = await demo.query('feast_feature_freshness_seconds > 3600', last(at(3, 30)));
  expect(stale.map(({ metric }) => metric.feature_view)).toEqual(['merchant_risk']);
});

test('a notebook holds a GPU that nobody has used for a day', async () => {
  const idle = await demo.query(
    '(time() - odh_notebook_last_activity_timestamp_seconds > 86400) * on (namespace, notebook) group_left (pod) odh_notebook_info * on (namespace, pod) group_left () count by (namespace, pod) (DCGM_FI_DEV_GPU_UTIL)',
  );
  expect(idle.map(({ metric }) => metric.notebook)).toEqual(['unet-labels']);
});

test('over 90 days more and more GPUs are requested, and a line through them ends at what there is within months', async () => {
  const requested = (daysAgo: number) => demo.number('cluster:gpu_requested:sum', demo.started - daysAgo * day);
  expect(await requested(89)).toBeLessThan(16);
  expect(await requested(0.1)).toBe(22);
  const daysUntilFull = '(cluster:gpu_capacity:sum - cluster:gpu_requested:sum) / (86400 * deriv(cluster:gpu_requested:sum[60d]))';
  expect(await demo.number(daysUntilFull, demo.started - 60)).toBeGreaterThan(3);
  expect(await demo.number(daysUntilFull, demo.started - 60)).toBeLessThan(90);
});

test('what was recorded for weeks is what the rules make of the samples of the last day', async () => {
  const read = async (promql: string) => new Map((await demo.query(promql, last(at(0), 7200) + 300)).map(({ metric, value }) => [JSON.stringify([metric.namespace, metric.model]), Number(value?.[1])]));
  const series = recordedSeries(demo.started);
  const expressions = {
    'namespace_model:serving_requests:rate5m': 'sum by (namespace, model) (label_replace(rate(istio_requests_total[5m]), "model", "$1", "destination_canonical_service", "(.+)"))',
    'namespace:cpu_usage_cores:sum': 'sum by (namespace) (rate(container_cpu_usage_seconds_total[5m]))',
    'namespace:network_transmit_bytes:rate5m': 'sum by (namespace) (rate(container_network_transmit_bytes_total[5m]))',
    'namespace:gpu_used:sum': 'sum by (namespace) (DCGM_FI_DEV_GPU_UTIL{namespace!=""}) / 100',
    'namespace:storage_used_bytes:sum': 'sum by (namespace) (kubelet_volume_stats_used_bytes)',
    'cluster:cpu_usage_cores:sum': 'sum(rate(node_cpu_seconds_total{mode!~"idle|iowait"}[5m]))',
    'cluster:memory_usage_bytes:sum': 'sum(node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes)',
    'cluster:gpu_requested:sum': 'sum(kube_pod_container_resource_requests{resource="nvidia_com_gpu"})',
  };
  for (const [name, expression] of Object.entries(expressions)) {
    expect(series.some((one) => one.name === name), name).toBe(true);
    const [recorded, fromSamples] = [await read(name), await read(expression)];
    expect([...recorded.keys()].sort(), name).toEqual([...fromSamples.keys()].sort());
    for (const [key, value] of recorded) expect(value / (fromSamples.get(key) ?? Number.NaN), `${name} ${key}`).toBeCloseTo(1, 0.8);
  }
});

test('history and live metrics are one, on the first start and on the next', { timeout: startTimeout }, async () => {
  const check = async () => {
    await vi.waitFor(
      async () => {
        const live = await demo.query(`count_over_time(up{job!="odh-observability"}[${Math.floor(Date.now() / 1000 - demo.started)}s]) >= 2`);
        expect(live).toHaveLength(exporters.flatMap((exporter) => exporter.targets).length);
      },
      { timeout: 120_000, interval: 1_000 },
    );
    const stored = storedSeries(exporters);
    // Sometimes there: the pods that an autoscaler adds, runs of pipelines.
    const permanent = stored.filter(({ value }) => Array.from({ length: historyHours * 4 }, (_, index) => demo.started - index * 900).every((time) => !Number.isNaN(value(time))));
    expect(permanent.length).toBeGreaterThan(0.9 * stored.length);

    // The same labels on both sides: else there would be two series where there is one.
    const names = [...new Set(permanent.map(({ text }) => text.split('{')[0] ?? ''))];
    let seen = 0;
    for (const name of names) {
      const spans = await demo.query(`count by (job) ({__name__="${name}", job!="odh-observability"} @ ${demo.started - 3 * 3600} and {__name__="${name}"} @ ${Date.now() / 1000})`);
      seen += spans.reduce((sum, { value }) => sum + Number(value?.[1]), 0);
    }
    expect(seen).toBeGreaterThanOrEqual(permanent.length);

    for (const name of ['DCGM_FI_DEV_GPU_UTIL', 'container_cpu_usage_seconds_total', 'kube_pod_info', 'istio_requests_total', 'up']) {
      for (const { metric, values = [] } of await demo.query(`{__name__="${name}", job!="odh-observability", pod!~"bert-v2-predictor-.*"}[3h]`)) {
        const stamps = values.map(([time]) => time);
        expect(stamps.at(-1), JSON.stringify(metric)).toBeGreaterThan(demo.started);
        const gaps = stamps.slice(1).map((stamp, index) => stamp - (stamps[index] ?? 0));
        expect(Math.max(...gaps), JSON.stringify(metric)).toBeLessThan(longestGap);
      }
    }
    for (const counter of ['container_cpu_usage_seconds_total', 'istio_requests_total', 'istio_request_duration_milliseconds_bucket', 'vllm:generation_tokens_total', 'odh_pipeline_runs_total', 'node_cpu_seconds_total']) {
      expect(await demo.query(`resets(${counter}{pod!~"bert-v2-predictor-.*"}[3h]) > 0`), counter).toEqual([]);
    }
    // A counter that began anew where history ends would jump by hours of work; no workload does twice its day's peak.
    expect(await demo.query('rate(container_cpu_usage_seconds_total[2m]) > 2 * max_over_time(rate(container_cpu_usage_seconds_total[5m])[23h:5m] offset 5m)')).toEqual([]);
  };

  await check();
  await demo.stop();
  demo = await startHistoryPrometheus(directory);
  await check();
});
