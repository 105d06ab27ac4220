/** The training jobs of the demo. Data only; how a job behaves is in training-job.ts. */
import { at, during } from './profile';
import { hour, minute } from './signal';
import { trainingJob, trainingPods, type TrainingJobSpec } from './training-job';

const jobSpecs: readonly TrainingJobSpec[] = [
  {
    // The data scientist's story: the loader, at the limit of its CPUs, leaves the GPUs waiting.
    namespace: 'llm-research',
    name: 'llama-finetune',
    scalingEfficiency: 0.42,
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
    scalingEfficiency: 0.91,
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
    // Trials are short, so the sweep runs on nodes that may be taken back.
    interruptedEvery: 7 * hour,
    scalingEfficiency: 0.88,
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
    scalingEfficiency: 0.93,
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
    scalingEfficiency: 0.71,
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
  {
    // Every night at three, something holds it up: the administrator's anomaly.
    namespace: 'med-imaging',
    name: 'segmentation-unet',
    scalingEfficiency: 0.86,
    workers: [{ node: 'gpu-node-3', gpus: 2 }],
    utilization: { mean: 79, swing: 3, swingSeconds: 6 * minute },
    activity: (second) => 1 - 0.81 * during(at(3), at(4, 30), 3 * minute)(second),
    tensorShare: 0.44,
    gpuMemoryMiB: 52_400,
    throughput: 310,
    epochSeconds: 21 * minute,
    epochsPerRun: 60,
    loss: { start: 0.93, floor: 0.17 },
    dataLoader: { capacity: 48, starved: false },
    cpuCores: 9.6,
    memoryGiB: 84,
  },
];

export const trainingJobs = jobSpecs.map(trainingJob);

export const podsOfTraining = trainingJobs.flatMap(trainingPods);
