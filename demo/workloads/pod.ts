/** A pod as everything that watches pods sees it. What runs in it is described elsewhere; metric names are in ../exporters. */
import { dailyFlow, diurnal, at, type Profile } from './profile';
import { drift, flow, minute, random, type Flow, type Signal } from './signal';

export type WorkloadKind = 'TrainingJob' | 'InferenceService' | 'Notebook' | 'Service';

/** What a pod does with one of its GPUs. */
export interface GpuUse {
  /** Percent, 0–100. */
  readonly utilization: Signal;
  /** Busy share over a longer time, which temperature and clocks follow. */
  readonly load: number;
  readonly memoryMiB: number;
  /** Share of GPU time in which tensor cores work. */
  readonly tensorShare: number;
  /** Bytes per second to other GPUs at full utilization. */
  readonly linkBytes: number;
}

export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly container: string;
  readonly node: string;
  readonly workload: string;
  readonly kind: WorkloadKind;
  /** Version of the model; empty for other workloads. */
  readonly version: string;
  readonly cpu: Flow;
  readonly memoryBytes: Signal;
  readonly requests: { readonly cpuCores: number; readonly memoryGiB: number };
  readonly gpus: readonly GpuUse[];
  /** Bytes. */
  readonly received: Flow;
  readonly sent: Flow;
  /** Share of scheduling periods in which its CPU limit held it back. */
  readonly throttled: number;
  readonly restarts: Signal;
  /** Whether the pod is there. */
  readonly exists: (time: number) => boolean;
  /** When the pod that is there at a time was made, in seconds since the epoch. */
  readonly created: Signal;
  /** Seconds from then until it was ready. */
  readonly startSeconds: number;
}

export const gibibyte = 2 ** 30;

const always = () => true;

/** A day in the past that differs from pod to pod, as a time of creation. */
export function createdLongAgo(seed: string): Signal {
  const created = Date.UTC(2024, 5, 3, 6) / 1000 + Math.floor(random(`${seed}/created`)(0) * 20 * 86_400);
  return () => created;
}

type PodBasics = Pick<Pod, 'namespace' | 'name' | 'container' | 'node' | 'workload' | 'kind' | 'cpu' | 'memoryBytes' | 'requests'>;

/** A pod with what most pods have in common: it is there, needs no GPU, and talks a little. */
export function pod(basics: PodBasics, more: Partial<Pod> = {}): Pod {
  return {
    version: '',
    gpus: [],
    received: traffic(`${basics.name}/rx`, 0.4e6),
    sent: traffic(`${basics.name}/tx`, 0.25e6),
    throttled: 0.01,
    restarts: () => 0,
    exists: always,
    created: createdLongAgo(basics.name),
    startSeconds: 20,
    ...basics,
    ...more,
  };
}

/** Bytes with the hours of the day, and waves in between. */
export function traffic(seed: string, bytesPerSecond: number): Flow {
  return flow(seed, bytesPerSecond, [
    { share: 0.3, period: 24 * 60 * minute },
    { share: 0.15, period: 17 * minute },
    { share: 0.1, period: 3 * minute },
  ]);
}

/** CPU that follows the hours of the day by the share `swing`, with waves in between. */
export function steadyCpu(seed: string, cores: number, swing: number): Flow {
  const waves = flow(seed, cores * 0.5, [
    { share: 0.12, period: 15 * minute },
    { share: 0.08, period: 100 },
  ]);
  const hours = dailyFlow((second) => cores * 0.5 * diurnal(at(14), swing)(second));
  return { rate: (time) => waves.rate(time) + hours.rate(time), total: (time) => waves.total(time) + hours.total(time) };
}

/** Memory around a level. */
export function steadyMemory(seed: string, bytes: number): Signal {
  const wander = drift(`${seed}/memory`, 15 * minute);
  return (time) => Math.round((bytes * (1 + 0.04 * wander(time))) / 4096) * 4096;
}

/** When a pod is there that comes and goes every day. */
export function existsWhile(profile: Profile): (time: number) => boolean {
  return (time) => profile(time % 86_400) > 0.5;
}
