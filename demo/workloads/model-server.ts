/**
 * How a served model behaves: how many requests come, how long answers take, how many fail, and how many pods there are to
 * answer them. Everything follows the day, so that it can be counted (see profile.ts). Knows no metric name.
 */
import { between, histogram, type Distribution, type Histogram } from './distribution';
import { at, daily, dailyFlow, diurnal, noisy, workingDays, type DayWeights, type Profile } from './profile';
import type { Flow, Signal } from './signal';

export interface ModelServerSpec {
  readonly namespace: string;
  readonly model: string;
  /** In the order of their age. Shares add up to 1. */
  readonly versions: readonly { readonly name: string; readonly share: number; readonly latency: number; readonly memory: number; readonly node: string }[];
  /** Mean over the day, and hour of the highest traffic. */
  readonly requestsPerSecond: number;
  readonly peakHour: number;
  /** Milliseconds. */
  readonly latency: { readonly median: number; readonly p99: number };
  readonly errorShare: number;
  /** What happens every day beside that; 1, 1 and 0 where nothing does. */
  readonly incident?: { readonly load: Profile; readonly latency: Profile; readonly errors: Profile };
  readonly replicas: Replicas;
  /** Per replica. */
  readonly memoryGiB: number;
  readonly cpuSecondsPerRequest: number;
  readonly gpus: number;
  readonly gpuMemoryMiB: number;
  /** Median bytes. */
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly runtime: 'python' | 'vllm' | 'openvino';
  /** Whether Knative scales it. */
  readonly serverless: boolean;
}

/** Replicas over the day: those the load asks for, and those there are. */
export interface Replicas {
  /** Limits of the autoscaler. */
  readonly min: number;
  readonly max: number;
  /** Most that there ever are. */
  readonly most: number;
  readonly desired: Profile;
  readonly current: Profile;
}

/** One version of a model. */
export interface ModelVersion {
  readonly server: ModelServerSpec;
  readonly name: string;
  readonly node: string;
  /** Factor on the model's memory. */
  readonly memory: number;
  /** Requests per second by the second of the day; the weight of the day comes on top. */
  readonly load: Profile;
  readonly weights: DayWeights;
  readonly errorShare: Profile;
  readonly latency: Distribution;
  readonly requests: Flow;
  /** Requests by endpoint and HTTP status. */
  readonly outcomes: readonly { readonly operation: string; readonly code: string; readonly total: Signal }[];
  readonly durations: Histogram;
  readonly requestSizes: Histogram;
  readonly responseSizes: Histogram;
  /** Replicas of this version at a time. */
  readonly replicas: Signal;
}

/** Bounds in milliseconds; 300 is the SLO's. */
const durationBounds = [10, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1250, 1500, 2500, 5000, 10_000, 30_000];
const sizeBounds = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];

const none = { load: () => 1, latency: () => 1, errors: () => 0 };

/** Where requests go: most are predictions, and the rare explanation fails more often. */
const operations = [
  { operation: 'infer', share: 0.93, errors: 1 },
  { operation: 'explain', share: 0.04, errors: 3 },
  { operation: 'metadata', share: 0.03, errors: 0.2 },
];

function outcomes(load: Profile, errors: Profile, weights: DayWeights): ModelVersion['outcomes'] {
  return operations.flatMap(({ operation, share, errors: factor }) => {
    const failed: Profile = (second) => Math.min(1, factor * errors(second));
    const count = (of: Profile): Signal => {
      const { total } = dailyFlow((second) => load(second) * share * of(second), weights);
      return (time) => Math.floor(total(time));
    };
    return [
      { operation, code: '200', total: count((second) => 0.994 - failed(second)) },
      { operation, code: '400', total: count(() => 0.006) },
      { operation, code: '500', total: count((second) => 0.25 * failed(second)) },
      { operation, code: '503', total: count((second) => 0.75 * failed(second)) },
    ];
  });
}

export function replicasFixed(count: number): Replicas {
  return { min: count, max: 2 * count, most: count, desired: () => count, current: () => count };
}

/** The versions of a model, each with its share of the traffic. */
export function modelVersions(server: ModelServerSpec): ModelVersion[] {
  const { model, versions, requestsPerSecond, peakHour, latency, errorShare, replicas } = server;
  const incident = server.incident ?? none;
  const weights = workingDays(model);
  const hours = noisy(`${model}/load`, diurnal(at(peakHour), 0.55), 0.04);
  const slower = noisy(`${model}/latency`, incident.latency, 0.03);
  return versions.map(({ name, share, latency: factor, memory, node }) => {
    const load: Profile = (second) => requestsPerSecond * share * hours(second) * incident.load(second);
    const errors: Profile = (second) => errorShare + incident.errors(second);
    const durations = between(latency.median * factor, latency.p99 * factor, slower);
    return {
      server,
      name,
      node,
      memory,
      load,
      weights,
      errorShare: errors,
      latency: durations,
      requests: dailyFlow(load, weights),
      outcomes: outcomes(load, errors, weights),
      durations: histogram(load, weights, durations, durationBounds),
      requestSizes: histogram(load, weights, between(server.requestBytes, 6 * server.requestBytes), sizeBounds),
      responseSizes: histogram(load, weights, between(server.responseBytes, 4 * server.responseBytes), sizeBounds),
      replicas: daily((second) => Math.max(1, Math.round(replicas.current(second) * (versions.length > 1 ? share : 1)))),
    };
  });
}
