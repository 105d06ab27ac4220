/**
 * GPU metrics under the names and labels of NVIDIA's dcgm-exporter (https://github.com/NVIDIA/dcgm-exporter). A GPU that
 * no pod uses has no `namespace`, `pod` and `container`, so that nobody but an administrator sees it.
 */
import { gpuModel, type ClusterNode } from '../workloads/cluster';
import { clamp, drift, jitter, random, rounded, type Signal } from '../workloads/signal';
import type { TrainingJob } from '../workloads/training-job';
import type { Exporter, Labels, MetricFamily } from './exposition';
import { podName, trainingContainer } from './pods';

interface Gpu {
  readonly labels: Labels;
  readonly utilization: Signal;
  /** Busy share over a longer time, which temperature and clocks follow. */
  readonly load: number;
  readonly memoryUsedMiB: number;
  readonly tensorShare: number;
}

interface Assignment {
  readonly job: TrainingJob;
  readonly worker: number;
  readonly gpu: number;
}

/** Which job holds which GPU of a node: in the order of the jobs, from GPU 0. */
function assignments(node: ClusterNode, jobs: readonly TrainingJob[]): Assignment[] {
  return jobs.flatMap((job) =>
    job.spec.workers.flatMap(({ node: place, gpus }, worker) =>
      place === node.name ? Array.from({ length: gpus }, (_, gpu) => ({ job, worker, gpu })) : [],
    ),
  );
}

function deviceLabels(node: ClusterNode, index: number): Labels {
  const draw = random(`${node.name}/gpu/${index}`);
  const digits = (from: number, count: number) =>
    Array.from({ length: count }, (_, position) => Math.floor(draw(from + position) * 16).toString(16)).join('');
  return {
    gpu: String(index),
    UUID: `GPU-${digits(0, 8)}-${digits(8, 4)}-${digits(12, 4)}-${digits(16, 4)}-${digits(20, 12)}`,
    pci_bus_id: `00000000:${(16 + index * 8).toString(16).toUpperCase()}:00.0`,
    device: `nvidia${index}`,
    modelName: gpuModel.name,
    Hostname: node.name,
  };
}

function gpusOf(node: ClusterNode, jobs: readonly TrainingJob[]): Gpu[] {
  const held = assignments(node, jobs);
  return Array.from({ length: node.gpus }, (_, index) => {
    const labels = deviceLabels(node, index);
    const holder = held[index];
    if (holder === undefined) {
      return { labels, utilization: () => 0, load: 0, memoryUsedMiB: 4, tensorShare: 0 };
    }
    const { spec } = holder.job;
    return {
      labels: { ...labels, namespace: spec.namespace, pod: podName(spec.name, holder.worker), container: trainingContainer },
      utilization: rounded(holder.job.gpuUtilization(holder.worker, holder.gpu)),
      load: spec.utilization.mean / 100,
      memoryUsedMiB: spec.gpuMemoryMiB,
      tensorShare: spec.tensorShare,
    };
  });
}

/** A signal around `mean` that wanders by `spread` and differs from GPU to GPU. */
function around(gpu: Gpu, quantity: string, mean: number, spread: number, period: number): Signal {
  const wander = drift(`${gpu.labels.UUID ?? ''}/${quantity}`, period);
  return (time) => mean + spread * wander(time);
}

const watts: (gpu: Gpu) => Signal = (gpu) => {
  const noise = jitter(`${gpu.labels.UUID ?? ''}/power`);
  return (time) => 58 + 3.2 * gpu.utilization(time) + (gpu.load === 0 ? 1 : 6) * noise(time);
};

const memoryUsed: (gpu: Gpu) => Signal = (gpu) =>
  gpu.load === 0 ? () => gpu.memoryUsedMiB : rounded(around(gpu, 'memory', gpu.memoryUsedMiB, 0.01 * gpu.memoryUsedMiB, 900));

const quantities: readonly { readonly name: string; readonly help: string; readonly signal: (gpu: Gpu) => Signal }[] = [
  { name: 'DCGM_FI_DEV_GPU_UTIL', help: 'GPU utilization (in %).', signal: (gpu) => gpu.utilization },
  {
    name: 'DCGM_FI_DEV_MEM_COPY_UTIL',
    help: 'Memory utilization (in %).',
    signal: (gpu) => rounded((time) => gpu.utilization(time) * (0.3 + 0.4 * gpu.tensorShare)),
  },
  { name: 'DCGM_FI_DEV_FB_USED', help: 'Framebuffer memory used (in MiB).', signal: memoryUsed },
  {
    name: 'DCGM_FI_DEV_FB_FREE',
    help: 'Framebuffer memory free (in MiB).',
    signal: (gpu) => {
      const used = memoryUsed(gpu);
      return (time) => gpuModel.memoryMiB - used(time);
    },
  },
  { name: 'DCGM_FI_DEV_POWER_USAGE', help: 'Power draw (in W).', signal: (gpu) => rounded(watts(gpu), 1) },
  { name: 'DCGM_FI_DEV_GPU_TEMP', help: 'GPU temperature (in C).', signal: (gpu) => rounded(around(gpu, 'temperature', 31 + 40 * gpu.load, 2.5, 300)) },
  {
    name: 'DCGM_FI_DEV_SM_CLOCK',
    help: 'SM clock frequency (in MHz).',
    signal: (gpu) => (gpu.load === 0 ? () => 210 : rounded(around(gpu, 'clock', 1395, 15, 120))),
  },
  { name: 'DCGM_FI_DEV_MEM_CLOCK', help: 'Memory clock frequency (in MHz).', signal: () => () => 1593 },
  {
    name: 'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
    help: 'Ratio of time the graphics engine is active.',
    signal: (gpu) => rounded((time) => gpu.utilization(time) / 100, 4),
  },
  {
    name: 'DCGM_FI_PROF_PIPE_TENSOR_ACTIVE',
    help: 'Ratio of cycles the tensor (HMMA) pipe is active.',
    signal: (gpu) => {
      const noise = jitter(`${gpu.labels.UUID ?? ''}/tensor`);
      return rounded((time) => clamp((gpu.utilization(time) / 100) * gpu.tensorShare * (1 + 0.03 * noise(time)), 0, 1), 4);
    },
  },
];

function familiesOf(gpus: readonly Gpu[]): MetricFamily[] {
  return quantities.map(({ name, help, signal }) => ({
    name,
    type: 'gauge',
    help,
    series: gpus.map((gpu) => ({ labels: gpu.labels, value: signal(gpu) })),
  }));
}

export function dcgmExporter(nodes: readonly ClusterNode[], jobs: readonly TrainingJob[]): Exporter {
  return {
    job: 'dcgm-exporter',
    path: '/metrics/dcgm-exporter',
    targets: nodes
      .filter(({ gpus }) => gpus > 0)
      .map((node) => ({ instance: `${node.name}:9400`, families: familiesOf(gpusOf(node, jobs)) })),
  };
}
