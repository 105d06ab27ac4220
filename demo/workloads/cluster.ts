/**
 * The demo's cluster: its nodes, and what runs on them. Data only; how a training job behaves is in training-job.ts, and
 * under which metric names it is seen is in ../exporters.
 */
import { day, drift, flow, hour, minute, type Flow, type Signal } from './signal';
import { trainingJob, type TrainingJobSpec } from './training-job';

export interface ClusterNode {
  readonly name: string;
  readonly cpuCores: number;
  readonly memoryGiB: number;
  readonly gpus: number;
}

/** A pod that uses no GPU. */
export interface CpuPod {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly node: string;
  readonly cpu: Flow;
  readonly memoryBytes: Signal;
}

export const gpuModel = { name: 'NVIDIA A100-SXM4-80GB', memoryMiB: 81_920 };

export const nodes: readonly ClusterNode[] = [
  { name: 'gpu-node-1', cpuCores: 96, memoryGiB: 1024, gpus: 8 },
  // Two of its GPUs are free.
  { name: 'gpu-node-2', cpuCores: 96, memoryGiB: 1024, gpus: 8 },
  { name: 'cpu-node-1', cpuCores: 32, memoryGiB: 128, gpus: 0 },
];

const jobSpecs: readonly TrainingJobSpec[] = [
  {
    // The data scientist's story: the loader, at the limit of its CPUs, leaves the GPUs waiting.
    namespace: 'llm-research',
    name: 'llama-finetune',
    workers: [
      { node: 'gpu-node-1', gpus: 2 },
      { node: 'gpu-node-1', gpus: 2 },
    ],
    utilization: { mean: 40, swing: 5, swingSeconds: 150 },
    tensorShare: 0.45,
    gpuMemoryMiB: 58_200,
    throughput: 212,
    epochSeconds: 27 * minute,
    epochsPerRun: 20,
    loss: { start: 4.1, floor: 1.55 },
    dataLoader: { capacity: 64, starved: true },
    cpuCores: 7.7,
    memoryGiB: 46,
  },
  {
    // The healthy job to compare it with.
    namespace: 'llm-research',
    name: 'mistral-pretrain',
    workers: [
      { node: 'gpu-node-1', gpus: 2 },
      { node: 'gpu-node-1', gpus: 2 },
    ],
    utilization: { mean: 90, swing: 3, swingSeconds: 11 * minute },
    tensorShare: 0.62,
    gpuMemoryMiB: 71_400,
    throughput: 486,
    epochSeconds: 12 * minute,
    epochsPerRun: 155,
    loss: { start: 9.6, floor: 2.1 },
    dataLoader: { capacity: 64, starved: false },
    cpuCores: 9.2,
    memoryGiB: 62,
  },
  {
    namespace: 'vision-lab',
    name: 'resnet-sweep',
    workers: [
      { node: 'gpu-node-2', gpus: 1 },
      { node: 'gpu-node-2', gpus: 1 },
    ],
    utilization: { mean: 74, swing: 7, swingSeconds: 4 * minute },
    tensorShare: 0.38,
    gpuMemoryMiB: 33_600,
    throughput: 2840,
    epochSeconds: 7.5 * minute,
    // One trial of the sweep after the other.
    epochsPerRun: 14,
    loss: { start: 6.9, floor: 0.92 },
    dataLoader: { capacity: 128, starved: false },
    cpuCores: 11.5,
    memoryGiB: 38,
  },
  {
    namespace: 'vision-lab',
    name: 'vit-large',
    workers: [{ node: 'gpu-node-2', gpus: 2 }],
    utilization: { mean: 84, swing: 4, swingSeconds: 7 * minute },
    tensorShare: 0.57,
    gpuMemoryMiB: 64_900,
    throughput: 1320,
    epochSeconds: 16 * minute,
    epochsPerRun: 45,
    loss: { start: 6.9, floor: 1.24 },
    dataLoader: { capacity: 96, starved: false },
    cpuCores: 14.1,
    memoryGiB: 71,
  },
  {
    namespace: 'fraud-detection',
    name: 'transaction-gnn',
    workers: [{ node: 'gpu-node-2', gpus: 2 }],
    utilization: { mean: 66, swing: 9, swingSeconds: 5 * minute },
    tensorShare: 0.21,
    gpuMemoryMiB: 41_300,
    throughput: 17_400,
    epochSeconds: 11 * minute,
    epochsPerRun: 26,
    loss: { start: 0.69, floor: 0.083 },
    dataLoader: { capacity: 256, starved: false },
    cpuCores: 12.4,
    memoryGiB: 118,
  },
];

export const trainingJobs = jobSpecs.map(trainingJob);

/** A pod whose CPU use follows the hours of the day by the share `daily`. */
function cpuPod(place: Pick<CpuPod, 'namespace' | 'pod' | 'container' | 'node'>, cpuCores: number, memoryMiB: number, daily: number): CpuPod {
  const wander = drift(`${place.pod}/memory`, 15 * minute);
  return {
    ...place,
    cpu: flow(`${place.pod}/cpu`, cpuCores, [
      { share: daily, period: day },
      { share: 0.12, period: hour / 4 },
      { share: 0.08, period: 100 },
    ]),
    memoryBytes: (time) => Math.round(memoryMiB * 2 ** 20 * (1 + 0.05 * wander(time))),
  };
}

export const cpuPods: readonly CpuPod[] = [
  ...['x2kqp', '9wd7n'].map((suffix) =>
    cpuPod(
      { namespace: 'bert-serving', pod: `bert-v2-predictor-7c9f8d6b54-${suffix}`, container: 'kserve-container', node: 'cpu-node-1' },
      2.6,
      3900,
      0.5,
    ),
  ),
  cpuPod({ namespace: 'bert-serving', pod: 'bert-v2-transformer-5d8b7c9f6-l4tzm', container: 'transformer', node: 'cpu-node-1' }, 0.7, 640, 0.5),
  // The platform's own: an administrator sees them.
  cpuPod({ namespace: 'opendatahub', pod: 'odh-dashboard-6b9c7d5f48-h8vxj', container: 'odh-dashboard', node: 'cpu-node-1' }, 0.12, 420, 0.4),
  cpuPod({ namespace: 'openshift-monitoring', pod: 'prometheus-k8s-0', container: 'prometheus', node: 'cpu-node-1' }, 1.1, 6100, 0.1),
];
