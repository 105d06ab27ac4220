/**
 * How a training job behaves: what its GPUs, its data loader and its loss do at any time. Knows neither metric names nor
 * where the job runs.
 */
import { pod, traffic, type GpuUse, type Pod } from './pod';
import type { Profile } from './profile';
import { clamp, counterStart, day, drift, flow, hour, jitter, random, wave, type Flow, type Signal } from './signal';

export interface TrainingJobSpec {
  readonly namespace: string;
  readonly name: string;
  /** Pods of the job, each on a node with a number of its GPUs. */
  readonly workers: readonly { readonly node: string; readonly gpus: number }[];
  /** GPU utilization in percent: `mean` with a swing of at most `swing` to both sides that takes `swingSeconds`. */
  readonly utilization: { readonly mean: number; readonly swing: number; readonly swingSeconds: number };
  /** Share of the day's usual utilization, throughput and power, where it is not always the same. */
  readonly activity?: Profile;
  /** Throughput over that of as many GPUs without any loss to scaling. */
  readonly scalingEfficiency: number;
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
  /** Time between two interruptions of a job on spot nodes. */
  readonly interruptedEvery?: number;
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
  /** Samples per second that the loader could deliver. */
  readonly loaderThroughput: Signal;
  /** Share of a step in which the GPUs wait for data, 0–1. */
  readonly loaderWait: Signal;
  /** The epoch that is running, from 1. */
  readonly epoch: Signal;
  /** Seconds since the epoch. */
  readonly runStart: Signal;
  readonly estimatedEnd: Signal;
  readonly interruptions: Signal;
  readonly gpus: number;
  /** Samples per second on one GPU. */
  readonly singleGpuThroughput: number;
  /** Percent, 0–100. */
  readonly gpuUtilization: (worker: number, gpu: number) => Signal;
  /** CPU seconds of one worker. */
  readonly cpu: (worker: number) => Flow;
  readonly memoryBytes: (worker: number) => Signal;
}

/** What is requested is a little more than what is used. */
const cpuHeadroom = 1.04;
const memoryHeadroom = 1.15;

/** Noise on one GPU's utilization beside the swing that all GPUs of a job share, in percentage points. */
const gpuNoise = 1;

/** What all GPUs of a job follow, in [-1, 1]: waiting for a slow loader comes and goes regularly, other things do not. */
function rhythm({ name, dataLoader: { starved }, utilization: { swingSeconds } }: TrainingJobSpec): Signal {
  return starved ? wave(name, swingSeconds) : drift(name, swingSeconds);
}

function activity({ activity: profile }: TrainingJobSpec, time: number): number {
  return profile === undefined ? 1 : profile(time % day);
}

function utilization(spec: TrainingJobSpec, worker: number, gpu: number): Signal {
  const { name, utilization: { mean, swing } } = spec;
  const shared = rhythm(spec);
  const own = jitter(`${name}/${worker}/${gpu}`);
  return (time) => clamp(mean * activity(spec, time) + (swing - gpuNoise) * shared(time) + gpuNoise * own(time), 0, 100);
}

function throughput(spec: TrainingJobSpec): Signal {
  const { name, throughput: mean, utilization: { mean: busy, swing } } = spec;
  const shared = rhythm(spec);
  const own = jitter(`${name}/throughput`, 5);
  return (time) => mean * activity(spec, time) * (1 + (swing / busy) * shared(time) + 0.02 * own(time));
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

function runsOf({ name, epochSeconds, epochsPerRun }: TrainingJobSpec) {
  const runSeconds = epochSeconds * epochsPerRun;
  return { runSeconds, offset: random(`${name}/offset`)(0) * runSeconds };
}

function runStart(spec: TrainingJobSpec): Signal {
  const { runSeconds, offset } = runsOf(spec);
  return (time) => Math.floor((time - offset) / runSeconds) * runSeconds + offset;
}

function loss(spec: TrainingJobSpec): Signal {
  const { name, loss: { start, floor } } = spec;
  const { runSeconds, offset } = runsOf(spec);
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

function gpuUses(job: TrainingJob, worker: number, count: number): GpuUse[] {
  const { utilization: { mean }, gpuMemoryMiB, tensorShare } = job.spec;
  return Array.from({ length: count }, (_, gpu) => ({
    utilization: job.gpuUtilization(worker, gpu),
    load: mean / 100,
    memoryMiB: gpuMemoryMiB,
    tensorShare,
    // Gradients go round after each step; a job on one GPU has nobody to send them to.
    linkBytes: job.gpus > 1 ? 62e9 : 0,
  }));
}

/** The pods of a job, one for each worker. */
export function trainingPods(job: TrainingJob): Pod[] {
  const { namespace, name, workers, cpuCores, memoryGiB, dataLoader: { starved } } = job.spec;
  return workers.map(({ node, gpus }, worker) =>
    pod(
      {
        namespace,
        name: `${name}-worker-${worker}`,
        container: 'pytorch',
        node,
        workload: name,
        kind: 'TrainingJob',
        cpu: job.cpu(worker),
        memoryBytes: job.memoryBytes(worker),
        requests: { cpuCores: Math.ceil(cpuCores * cpuHeadroom), memoryGiB: Math.ceil(memoryGiB * memoryHeadroom) },
      },
      {
        gpus: gpuUses(job, worker, gpus),
        received: traffic(`${name}/${worker}/rx`, 38e6),
        sent: traffic(`${name}/${worker}/tx`, 6e6),
        throttled: starved ? 0.62 : 0.02,
        created: job.runStart,
        startSeconds: 95,
      },
    ),
  );
}

export function trainingJob(spec: TrainingJobSpec): TrainingJob {
  const { name, dataLoader, cpuCores, memoryGiB, epochSeconds, interruptedEvery } = spec;
  const gpus = spec.workers.reduce((sum, worker) => sum + worker.gpus, 0);
  const trained = throughput(spec);
  const start = runStart(spec);
  const { runSeconds } = runsOf(spec);
  const loaderNoise = jitter(`${name}/loader`, 10);
  const waitNoise = drift(`${name}/wait`, 90);
  return {
    spec,
    loss: loss(spec),
    throughput: trained,
    epochDuration: epochDuration(spec),
    queueDepth: dataLoader.starved ? starvedQueue(name) : fullQueue(name, dataLoader.capacity),
    // A starved job gets no more than its loader delivers; the others could get far more.
    loaderThroughput: (time) => (dataLoader.starved ? 1.01 * trained(time) : spec.throughput * (1.75 + 0.08 * loaderNoise(time))),
    loaderWait: (time) => (dataLoader.starved ? 0.56 + 0.05 * waitNoise(time) : 0.025 + 0.015 * waitNoise(time)),
    epoch: (time) => Math.floor((time - start(time)) / epochSeconds) + 1,
    runStart: start,
    estimatedEnd: (time) => start(time) + runSeconds * (1 + 0.01 * waitNoise(time)),
    interruptions: interruptedEvery === undefined ? () => 0 : (time) => Math.floor((time - counterStart) / interruptedEvery),
    gpus,
    singleGpuThroughput: Math.round(spec.throughput / gpus / spec.scalingEfficiency),
    gpuUtilization: (worker, gpu) => utilization(spec, worker, gpu),
    cpu: (worker) =>
      flow(`${name}/${worker}/cpu`, cpuCores, [
        { share: 0.02, period: 170 },
        { share: 0.02, period: 1130 },
      ]),
    memoryBytes: (worker) => {
      const wander = drift(`${name}/${worker}/memory`, hour / 6);
      return (time) => Math.round(memoryGiB * 2 ** 30 * (1 + 0.03 * wander(time)));
    },
  };
}
