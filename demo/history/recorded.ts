/**
 * The recorded series that dashboards read over weeks, as functions of time: what the rules in alerts/ would have recorded,
 * had Prometheus been there for 90 days. They are computed from the workloads, not from samples; a test compares them with
 * what the rules make of the samples.
 */
import { nodeCpu, nodeMemory } from '../exporters/node';
import { prices, pricesOf } from '../exporters/opencost';
import { gpusOf, nodes, pods, volumes } from '../workloads/cluster';
import { servedVersions } from '../workloads/model-servers';
import type { ModelVersion } from '../workloads/model-server';
import { gibibyte, type Pod } from '../workloads/pod';
import { day, drift, type Flow, type Signal } from '../workloads/signal';

export interface RecordedSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: Signal;
  /** How far back it goes. */
  readonly days: number;
}

const window = 300;
const month = 30 * day;
/** Share of requests that may fail. */
const errorBudget = 0.005;

const long = 90;
const short = 9;

const rate = (total: Signal): Signal => (time) => (total(time) - total(time - window)) / window;
const sum = (signals: readonly Signal[]): Signal => (time) => signals.reduce((all, signal) => all + signal(time), 0);
/** As many digits as a chart can show. */
const digits = (value: number) => Number(value.toPrecision(6));

/**
 * What has grown until `now`: `share` of today's value has come in the last 90 days, with days above and below. Samples
 * that are scraped later go on from where it ends.
 */
function grown(seed: string, share: number, now: number, value: Signal): Signal {
  const wander = drift(`${seed}/growth`, 2.5 * day);
  return (time) => {
    const age = Math.max(0, now - time - day);
    return value(time) * (1 - (share * age) / (long * day) + 0.04 * Math.min(1, age / (4 * day)) * wander(time));
  };
}

function servingSeries(): RecordedSeries[] {
  const models = [...new Set(servedVersions.map(({ server }) => server))];
  return models.flatMap((server) => {
    const labels = { namespace: server.namespace, model: server.model };
    const versions = servedVersions.filter((version) => version.server === server);
    const of = (signals: (version: ModelVersion) => readonly Signal[]) => sum(versions.flatMap(signals));
    const requests = of(({ outcomes }) => outcomes.map(({ total }) => total));
    const errors = of(({ outcomes }) => outcomes.filter(({ code }) => code.startsWith('5')).map(({ total }) => total));
    const slow = of(({ durations }) => [(time) => durations.count(time) - (durations.buckets.find(({ bound }) => bound === 300)?.total(time) ?? 0)]);
    const share = (part: Signal): Signal => (time) => 1 - (part(time) - part(time - month)) / (requests(time) - requests(time - month));
    const series = (name: string, value: Signal, days: number): RecordedSeries => ({ name: `namespace_model:${name}`, labels, value, days });
    return [
      series('serving_requests:rate5m', rate(requests), long),
      series('serving_errors:rate5m', rate(errors), long),
      series('slo_availability:ratio30d', share(errors), 30),
      series('slo_error_budget_remaining:ratio30d', (time) => 1 - (1 - share(errors)(time)) / errorBudget, 30),
      // Language models take seconds: the latency objective is not theirs.
      ...(server.runtime === 'vllm' ? [] : [series('serving_slow_requests:rate5m', rate(slow), long), series('slo_latency:ratio30d', share(slow), 30)]),
    ];
  });
}

const present = (own: readonly Pod[], amount: (pod: Pod, time: number) => number): Signal => (time) =>
  own.reduce((all, pod) => all + (pod.exists(time) ? amount(pod, time) : 0), 0);

const rates = (own: readonly Pod[], flow: (pod: Pod) => Flow): Signal => present(own, (pod, time) => rate(flow(pod).total)(time));

function hourlyCost(own: readonly Pod[]): Signal {
  const price = new Map(nodes.map((node) => [node.name, pricesOf(node)]));
  return present(own, ({ node, requests, gpus }) => {
    const { core = 0, gibibyte: memory = 0, gpu = 0 } = price.get(node) ?? {};
    return requests.cpuCores * core + requests.memoryGiB * memory + gpus.length * gpu;
  });
}

function projectSeries(now: number): RecordedSeries[] {
  const namespaces = [...new Set(pods.map(({ namespace }) => namespace))];
  return namespaces.flatMap((namespace) => {
    const own = pods.filter((pod) => pod.namespace === namespace);
    const gpus = own.flatMap((pod) => pod.gpus);
    const claims = volumes.filter((volume) => volume.namespace === namespace);
    const series = (name: string, value: Signal, days: number): RecordedSeries => ({ name: `namespace:${name}`, labels: { namespace }, value, days });
    const utilization = sum(gpus.map((use): Signal => (time) => Math.round(use.utilization(time))));
    const storageCost = claims.reduce((all, { capacityBytes }) => all + (capacityBytes / gibibyte) * prices.storageGibibyte, 0);
    const held = grown(`${namespace}/gpus`, 0.45, now, () => gpus.length);
    return [
      series('cpu_usage_cores:sum', rates(own, ({ cpu }) => cpu), short),
      series('memory_usage_bytes:sum', present(own, ({ memoryBytes }, time) => memoryBytes(time)), short),
      series('network_receive_bytes:rate5m', rates(own, ({ received }) => received), short),
      series('network_transmit_bytes:rate5m', rates(own, ({ sent }) => sent), short),
      series('cost_usd_per_hour:sum', grown(`${namespace}/gpus`, 0.35, now, (time) => hourlyCost(own)(time) + storageCost), long),
      ...(gpus.length === 0
        ? []
        : [
            series('gpu_requested:sum', (time) => Math.max(0, Math.round(held(time))), long),
            series('gpu_used:sum', grown(`${namespace}/gpus`, 0.45, now, (time) => utilization(time) / 100), long),
            series('gpu_utilization:avg', (time) => utilization(time) / gpus.length, short),
          ]),
      ...(claims.length === 0
        ? []
        : [
            series('storage_used_bytes:sum', grown(`${namespace}/storage`, 0.22, now, sum(claims.map(({ usedBytes }) => usedBytes))), long),
            series('storage_cost_usd_per_hour:sum', () => storageCost, short),
          ]),
    ];
  });
}

function clusterSeries(projects: readonly RecordedSeries[], serving: readonly RecordedSeries[], now: number): RecordedSeries[] {
  const total = (from: readonly RecordedSeries[], name: string) => sum(from.filter((one) => one.name === name).map(({ value }) => value));
  const gpuCount = nodes.reduce((all, { gpus }) => all + gpus, 0);
  const utilizations = nodes.flatMap((node) => gpusOf(node).map(({ holder }): Signal => (time) => (holder === undefined ? 0 : Math.round(holder.use.utilization(time)))));
  const constants: readonly (readonly [string, number])[] = [
    ['gpu_capacity:sum', gpuCount],
    ['cpu_capacity_cores:sum', nodes.reduce((all, { cpuCores }) => all + cpuCores, 0)],
    ['memory_capacity_bytes:sum', nodes.reduce((all, { memoryGiB }) => all + memoryGiB * gibibyte, 0)],
    ['storage_capacity_bytes:sum', volumes.reduce((all, { capacityBytes }) => all + capacityBytes, 0)],
  ];
  const signals: readonly (readonly [string, Signal])[] = [
    ...constants.map(([name, value]): readonly [string, Signal] => [name, () => value]),
    ['gpu_requested:sum', total(projects, 'namespace:gpu_requested:sum')],
    ['gpu_utilization:avg', grown('cluster/gpu', 0.3, now, (time) => sum(utilizations)(time) / gpuCount)],
    ['cpu_usage_cores:sum', grown('cluster/cpu', 0.25, now, sum(nodes.map((node) => rate(nodeCpu(node, pods).total))))],
    ['memory_usage_bytes:sum', grown('cluster/memory', 0.2, now, sum(nodes.map((node) => nodeMemory(node, pods))))],
    ['storage_used_bytes:sum', total(projects, 'namespace:storage_used_bytes:sum')],
    ['serving_requests:rate5m', total(serving, 'namespace_model:serving_requests:rate5m')],
  ];
  return signals.map(([name, value]) => ({ name: `cluster:${name}`, labels: {}, value, days: long }));
}

/** @param now when the history is written, in seconds since the epoch: growth ends there */
export function recordedSeries(now: number): RecordedSeries[] {
  const serving = servingSeries();
  const projects = projectSeries(now);
  return [...serving, ...projects, ...clusterSeries(projects, serving, now)].map((one) => ({ ...one, value: (time) => digits(one.value(time)) }));
}
