/**
 * How a training job behaves: what its GPUs, its data loader and its loss do at any time. Knows neither metric names nor
 * where the job runs.
 */
import { clamp, drift, flow, jitter, random, wave, type Flow, type Signal } from './signal';

export interface TrainingJobSpec {
  readonly namespace: string;
  readonly name: string;
  /** Pods of the job, each on a node with a number of its GPUs. */
  readonly workers: readonly { readonly node: string; readonly gpus: number }[];
  /** GPU utilization in percent: `mean` with a swing of at most `swing` to both sides that takes `swingSeconds`. */
  readonly utilization: { readonly mean: number; readonly swing: number; readonly swingSeconds: number };
  /** Share of GPU time in which tensor cores work. */
  readonly tensorShare: number;
  readonly gpuMemoryMiB: number;
  /** Samples per second over all workers. */
  readonly throughput: number;
  readonly epochSeconds: number;
  /** A run lasts this many epochs; then the next begins from the starting loss. */
  readonly epochsPerRun: number;
  readonly loss: { readonly start: number; readonly floor: number };
  readonly dataLoader: {
    /** Batches that fit into the queue. */
    readonly capacity: number;
    /** Whether the loader is too slow: then the queue is empty but for a short burst now and then. */
    readonly starved: boolean;
  };
  /** CPU cores used by one worker. A starved job's loader uses all it may. */
  readonly cpuCores: number;
  readonly memoryGiB: number;
}

export interface TrainingJob {
  readonly spec: TrainingJobSpec;
  readonly loss: Signal;
  /** Samples per second. */
  readonly throughput: Signal;
  /** Seconds that the last complete epoch took. */
  readonly epochDuration: Signal;
  /** Batches waiting for the GPUs. */
  readonly queueDepth: Signal;
  /** Percent, 0–100. */
  readonly gpuUtilization: (worker: number, gpu: number) => Signal;
  /** CPU seconds of one worker. */
  readonly cpu: (worker: number) => Flow;
  readonly memoryBytes: (worker: number) => Signal;
}

/** Noise on one GPU's utilization beside the swing that all GPUs of a job share, in percentage points. */
const gpuNoise = 1;

/** What all GPUs of a job follow, in [-1, 1]: waiting for a slow loader comes and goes regularly, other things do not. */
function rhythm({ name, dataLoader: { starved }, utilization: { swingSeconds } }: TrainingJobSpec): Signal {
  return starved ? wave(name, swingSeconds) : drift(name, swingSeconds);
}

function utilization(spec: TrainingJobSpec, worker: number, gpu: number): Signal {
  const { name, utilization: { mean, swing } } = spec;
  const shared = rhythm(spec);
  const own = jitter(`${name}/${worker}/${gpu}`);
  return (time) => clamp(mean + (swing - gpuNoise) * shared(time) + gpuNoise * own(time), 0, 100);
}

function throughput(spec: TrainingJobSpec): Signal {
  const { name, throughput: mean, utilization: { mean: busy, swing } } = spec;
  const shared = rhythm(spec);
  const own = jitter(`${name}/throughput`, 5);
  return (time) => mean * (1 + (swing / busy) * shared(time) + 0.02 * own(time));
}

function epochDuration({ name, epochSeconds }: TrainingJobSpec): Signal {
  const shift = jitter(`${name}/epoch`);
  const end = (epoch: number) => epochSeconds * (epoch + 0.04 * shift(epoch));
  return (time) => {
    const nominal = Math.floor(time / epochSeconds);
    // An epoch may end a little before or after its nominal time.
    const last = [nominal + 1, nominal].find((epoch) => end(epoch) <= time) ?? nominal - 1;
    return end(last) - end(last - 1);
  };
}

function loss({ name, epochSeconds, epochsPerRun, loss: { start, floor } }: TrainingJobSpec): Signal {
  const runSeconds = epochSeconds * epochsPerRun;
  const offset = random(`${name}/offset`)(0) * runSeconds;
  const luck = jitter(`${name}/run`);
  const noise = jitter(`${name}/loss`, 10);
  return (time) => {
    const run = Math.floor((time - offset) / runSeconds);
    const progress = (time - offset) / runSeconds - run;
    const reached = floor * (1 + 0.05 * luck(run));
    // A power law, as loss curves of training runs follow.
    const curve = reached + (start - reached) * (1 + 300 * progress) ** -0.6;
    return curve * (1 + 0.015 * noise(time));
  };
}

/** Empty but for bursts: the loader delivers a few batches at once, the GPUs take them, and wait again. */
function starvedQueue(name: string): Signal {
  const cycle = 45;
  const draw = random(`${name}/burst`);
  return (time) => {
    const index = Math.floor(time / cycle);
    const burstShare = 0.12 + 0.2 * draw(index);
    const phase = time / cycle - index;
    return phase >= burstShare ? 0 : Math.ceil(8 * (1 - phase / burstShare));
  };
}

function fullQueue(name: string, capacity: number): Signal {
  const level = drift(`${name}/queue`, 40);
  return (time) => Math.round(capacity * (0.88 + 0.12 * level(time)));
}

export function trainingJob(spec: TrainingJobSpec): TrainingJob {
  const { name, dataLoader, cpuCores, memoryGiB } = spec;
  return {
    spec,
    loss: loss(spec),
    throughput: throughput(spec),
    epochDuration: epochDuration(spec),
    queueDepth: dataLoader.starved ? starvedQueue(name) : fullQueue(name, dataLoader.capacity),
    gpuUtilization: (worker, gpu) => utilization(spec, worker, gpu),
    cpu: (worker) =>
      flow(`${name}/${worker}/cpu`, cpuCores, [
        { share: 0.02, period: 170 },
        { share: 0.02, period: 1130 },
      ]),
    memoryBytes: (worker) => {
      const wander = drift(`${name}/${worker}/memory`, 600);
      return (time) => Math.round(memoryGiB * 2 ** 30 * (1 + 0.03 * wander(time)));
    },
  };
}
