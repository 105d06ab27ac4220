/**
 * GPU metrics under the names and labels of NVIDIA's dcgm-exporter (https://github.com/NVIDIA/dcgm-exporter). A GPU that
 * no pod uses has no `namespace`, `pod` and `container`, so that nobody but an administrator sees it.
 */
import { gpuModel, gpusOf, type ClusterNode } from '../workloads/cluster';
import { clamp, drift, jitter, random, rounded, type Signal } from '../workloads/signal';
import { gauge, type Exporter, type Labels, type MetricFamily } from './exposition';

interface Gpu {
  readonly labels: Labels;
  readonly utilization: Signal;
  /** Busy share over a longer time, which temperature and clocks follow; 0 for a GPU that nobody holds. */
  readonly load: number;
  readonly memoryUsedMiB: number;
  readonly tensorShare: number;
  readonly linkBytes: number;
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

function devicesOf(node: ClusterNode): Gpu[] {
  return gpusOf(node).map(({ index, holder }) => {
    const labels = deviceLabels(node, index);
    if (holder === undefined) return { labels, utilization: () => 0, load: 0, memoryUsedMiB: 4, tensorShare: 0, linkBytes: 0 };
    const { pod, use } = holder;
    return {
      labels: { ...labels, namespace: pod.namespace, pod: pod.name, container: pod.container },
      utilization: rounded(use.utilization),
      load: use.load,
      memoryUsedMiB: use.memoryMiB,
      tensorShare: use.tensorShare,
      linkBytes: use.linkBytes,
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

/** A share of the GPU's utilization, with noise of its own. */
function activity(gpu: Gpu, quantity: string, share: number): Signal {
  const noise = jitter(`${gpu.labels.UUID ?? ''}/${quantity}`);
  return rounded((time) => clamp((gpu.utilization(time) / 100) * share * (1 + 0.03 * noise(time)), 0, 1), 4);
}

function bytesWithUtilization(gpu: Gpu, quantity: string, full: number): Signal {
  const noise = jitter(`${gpu.labels.UUID ?? ''}/${quantity}`, 15);
  return rounded((time) => full * (gpu.utilization(time) / 100) * (1 + 0.05 * noise(time)));
}

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
    signal: (gpu) => activity(gpu, 'tensor', gpu.tensorShare),
  },
  { name: 'DCGM_FI_DEV_XID_ERRORS', help: 'Value of the last XID error encountered.', signal: () => () => 0 },
  { name: 'DCGM_FI_PROF_SM_ACTIVE', help: 'The ratio of cycles an SM has at least 1 warp assigned.', signal: (gpu) => activity(gpu, 'sm', 0.91) },
  { name: 'DCGM_FI_PROF_SM_OCCUPANCY', help: 'The ratio of number of warps resident on an SM.', signal: (gpu) => activity(gpu, 'occupancy', 0.42 + 0.3 * gpu.tensorShare) },
  { name: 'DCGM_FI_PROF_DRAM_ACTIVE', help: 'Ratio of cycles the device memory interface is active sending or receiving data.', signal: (gpu) => activity(gpu, 'dram', 0.35 + 0.3 * gpu.tensorShare) },
  { name: 'DCGM_FI_PROF_NVLINK_TX_BYTES', help: 'The rate of data transmitted over NVLink in bytes per second.', signal: (gpu) => bytesWithUtilization(gpu, 'nvlink-tx', gpu.linkBytes) },
  { name: 'DCGM_FI_PROF_NVLINK_RX_BYTES', help: 'The rate of data received over NVLink in bytes per second.', signal: (gpu) => bytesWithUtilization(gpu, 'nvlink-rx', gpu.linkBytes) },
  { name: 'DCGM_FI_PROF_PCIE_RX_BYTES', help: 'The rate of data received over PCIe in bytes per second.', signal: (gpu) => bytesWithUtilization(gpu, 'pcie-rx', 2.4e9) },
];

/** Those in which a swing of two minutes is to be seen. */
const quick = new Set(['DCGM_FI_DEV_GPU_UTIL', 'DCGM_FI_DEV_POWER_USAGE', 'DCGM_FI_PROF_SM_ACTIVE', 'DCGM_FI_PROF_PIPE_TENSOR_ACTIVE']);

function familiesOf(gpus: readonly Gpu[]): MetricFamily[] {
  return quantities.map(({ name, help, signal }) => ({
    ...gauge(name, help, gpus.map((gpu) => ({ labels: gpu.labels, value: signal(gpu) }))),
    slow: !quick.has(name),
  }));
}

export function dcgmExporter(nodes: readonly ClusterNode[]): Exporter {
  return {
    job: 'dcgm-exporter',
    path: '/metrics/dcgm-exporter',
    targets: nodes.filter(({ gpus }) => gpus > 0).map((node) => ({ instance: `${node.name}:9400`, families: familiesOf(devicesOf(node)) })),
  };
}
