/** The notebooks of the demo, and their pods. Knows no metric name. */
import { gibibyte, pod, steadyMemory, type Pod } from './pod';
import { at, daily, dailyFlow, during, workingDays } from './profile';
import { counterStart, day, hour, minute, random, type Signal } from './signal';

export interface NotebookSpec {
  readonly namespace: string;
  readonly name: string;
  readonly user: string;
  readonly image: string;
  readonly node: string;
  readonly cpuCores: number;
  readonly memoryGiB: number;
  readonly gpus: number;
  readonly storageGiB: number;
  /** Hours of the day in which somebody works with it; none where it was left alone. */
  readonly hours?: readonly [number, number];
  readonly restartsPerDay: number;
}

export interface Notebook {
  readonly spec: NotebookSpec;
  readonly pod: string;
  readonly sessions: Signal;
  readonly busyKernels: Signal;
  readonly idleKernels: Signal;
  readonly restarts: Signal;
  /** Seconds since the epoch. */
  readonly lastActivity: Signal;
}

const specs: readonly NotebookSpec[] = [
  // It holds a GPU, and nobody has used it for at least a day.
  { namespace: 'vision-lab', name: 'unet-labels', user: 'sam', image: 'pytorch-cuda', node: 'gpu-node-2', cpuCores: 0.05, memoryGiB: 21, gpus: 1, storageGiB: 200, restartsPerDay: 0 },
  { namespace: 'vision-lab', name: 'defect-eda', user: 'ines', image: 'datascience', node: 'cpu-node-2', cpuCores: 1.7, memoryGiB: 6.4, gpus: 0, storageGiB: 60, hours: [8, 17], restartsPerDay: 2 },
  { namespace: 'llm-research', name: 'prompt-lab', user: 'sam', image: 'pytorch-cuda', node: 'cpu-node-2', cpuCores: 0.9, memoryGiB: 9.8, gpus: 0, storageGiB: 80, hours: [9, 18], restartsPerDay: 3 },
  { namespace: 'llm-research', name: 'tokenizer-study', user: 'noor', image: 'datascience', node: 'cpu-node-2', cpuCores: 0.4, memoryGiB: 3.2, gpus: 0, storageGiB: 40, hours: [13, 22], restartsPerDay: 1 },
  { namespace: 'fraud-detection', name: 'feature-workshop', user: 'mika', image: 'datascience', node: 'cpu-node-2', cpuCores: 2.2, memoryGiB: 13.5, gpus: 0, storageGiB: 120, hours: [7, 16], restartsPerDay: 6 },
  { namespace: 'churn-analytics', name: 'cohorts', user: 'lena', image: 'datascience', node: 'cpu-node-2', cpuCores: 0.6, memoryGiB: 4.9, gpus: 0, storageGiB: 40, hours: [8, 15], restartsPerDay: 1 },
  { namespace: 'med-imaging', name: 'annotation-review', user: 'omar', image: 'pytorch-cuda', node: 'cpu-node-2', cpuCores: 1.1, memoryGiB: 8.1, gpus: 0, storageGiB: 300, hours: [6, 20], restartsPerDay: 2 },
];

/** Memory of a GPU that a kernel holds and does not use. */
const heldMemoryMiB = 31_700;

function notebook(spec: NotebookSpec): Notebook {
  const [from, to] = spec.hours ?? [0, 0];
  const working = during(at(from), at(to), 10 * minute);
  const isOpen = (time: number) => spec.hours !== undefined && working(time % day) > 0.5;
  const draw = random(`${spec.name}/kernels`);
  const busy = (time: number) => isOpen(time) && draw(Math.floor(time / (4 * minute))) < 0.6;
  const midnight = (time: number) => Math.floor(time / day) * day;
  const restarts = dailyFlow((second) => (spec.restartsPerDay / ((to - from) * hour || day)) * working(second));
  // Left alone on a Friday evening: nothing since, for up to a week.
  const abandoned = (time: number) => Math.floor((time - day - counterStart - 4.7 * day) / (7 * day)) * 7 * day + counterStart + 4.7 * day;
  return {
    spec,
    pod: `${spec.name}-0`,
    sessions: (time) => (isOpen(time) ? 1 + Math.floor(1.6 * draw(Math.floor(time / hour))) : 0),
    busyKernels: (time) => (busy(time) ? 1 : 0),
    idleKernels: (time) => (busy(time) ? 0 : 1),
    restarts: (time) => Math.floor(restarts.total(time)),
    lastActivity: (time) => {
      if (spec.hours === undefined) return abandoned(time);
      if (isOpen(time)) return Math.floor(time / minute) * minute;
      const evening = midnight(time) + at(to);
      return evening <= time ? evening : evening - day;
    },
  };
}

export const notebooks = specs.map(notebook);

export const podsOfNotebooks: readonly Pod[] = specs.map((spec) => {
  const [from, to] = spec.hours ?? [0, 0];
  const working = during(at(from), at(to), 10 * minute);
  const level = daily((second) => (spec.hours === undefined ? 1 : 0.45 + 0.55 * working(second)));
  const bytes = steadyMemory(spec.name, spec.memoryGiB * gibibyte);
  return pod(
    {
      namespace: spec.namespace,
      name: `${spec.name}-0`,
      container: spec.name,
      node: spec.node,
      workload: spec.name,
      kind: 'Notebook',
      cpu: dailyFlow((second) => spec.cpuCores * (spec.hours === undefined ? 1 : 0.04 + 1.6 * working(second)), spec.hours === undefined ? undefined : workingDays(spec.name, 0.2)),
      memoryBytes: (time) => Math.round(bytes(time) * level(time)),
      requests: { cpuCores: Math.max(1, Math.ceil(spec.cpuCores)), memoryGiB: Math.ceil(spec.memoryGiB * 1.3) },
    },
    {
      gpus: Array.from({ length: spec.gpus }, () => ({ utilization: () => 0, load: 0.02, memoryMiB: heldMemoryMiB, tensorShare: 0, linkBytes: 0 })),
    },
  );
});
