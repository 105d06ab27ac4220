/**
 * The demo's cluster: its nodes, its projects and everything that runs in them. Data only; how each kind of workload
 * behaves is in the files beside this one, and under which metric names it is seen is in ../exporters.
 */
import { podsOfServing } from './model-servers';
import { notebooks, podsOfNotebooks } from './notebooks';
import { gibibyte, type GpuUse, type Pod } from './pod';
import { podsOfServices } from './services';
import { drift, type Signal } from './signal';
import { podsOfTraining } from './training-jobs';

export interface ClusterNode {
  readonly name: string;
  readonly cpuCores: number;
  readonly memoryGiB: number;
  readonly gpus: number;
  readonly role: 'worker' | 'control-plane';
  readonly spot: boolean;
}

export const gpuModel = { name: 'NVIDIA A100-SXM4-80GB', memoryMiB: 81_920 };

export const nodes: readonly ClusterNode[] = [
  { name: 'gpu-node-1', cpuCores: 96, memoryGiB: 1024, gpus: 8, role: 'worker', spot: false },
  { name: 'gpu-node-2', cpuCores: 96, memoryGiB: 1024, gpus: 8, role: 'worker', spot: true },
  // Two of its GPUs are free.
  { name: 'gpu-node-3', cpuCores: 96, memoryGiB: 1024, gpus: 8, role: 'worker', spot: false },
  { name: 'cpu-node-1', cpuCores: 64, memoryGiB: 256, gpus: 0, role: 'worker', spot: false },
  { name: 'cpu-node-2', cpuCores: 64, memoryGiB: 256, gpus: 0, role: 'worker', spot: false },
  { name: 'control-plane-1', cpuCores: 16, memoryGiB: 64, gpus: 0, role: 'control-plane', spot: false },
];

/** Data science projects, with what each may request. */
export const projects: readonly { readonly name: string; readonly quota: { readonly cpuCores: number; readonly memoryGiB: number; readonly gpus: number; readonly storageGiB: number } }[] = [
  { name: 'llm-research', quota: { cpuCores: 64, memoryGiB: 400, gpus: 8, storageGiB: 2500 } },
  { name: 'vision-lab', quota: { cpuCores: 64, memoryGiB: 320, gpus: 6, storageGiB: 2500 } },
  { name: 'fraud-detection', quota: { cpuCores: 48, memoryGiB: 240, gpus: 4, storageGiB: 800 } },
  { name: 'bert-serving', quota: { cpuCores: 24, memoryGiB: 48, gpus: 0, storageGiB: 100 } },
  { name: 'chat-assistant', quota: { cpuCores: 24, memoryGiB: 200, gpus: 6, storageGiB: 1000 } },
  { name: 'claims-pipelines', quota: { cpuCores: 32, memoryGiB: 96, gpus: 0, storageGiB: 1200 } },
  { name: 'churn-analytics', quota: { cpuCores: 16, memoryGiB: 64, gpus: 0, storageGiB: 600 } },
  { name: 'med-imaging', quota: { cpuCores: 32, memoryGiB: 160, gpus: 4, storageGiB: 3000 } },
];

export const pods: readonly Pod[] = [...podsOfTraining, ...podsOfServing, ...podsOfNotebooks, ...podsOfServices];

/** A volume, and the pod that has it mounted. */
export interface Volume {
  readonly namespace: string;
  readonly claim: string;
  readonly pod: string;
  readonly node: string;
  readonly capacityBytes: number;
  readonly usedBytes: Signal;
}

interface VolumeSpec {
  readonly namespace: string;
  readonly claim: string;
  readonly pod: string;
  readonly sizeGiB: number;
  readonly used: number;
}

const volumeSpecs: readonly VolumeSpec[] = [
  { namespace: 'llm-research', claim: 'training-data', pod: 'llama-finetune-worker-0', sizeGiB: 1200, used: 0.71 },
  { namespace: 'llm-research', claim: 'checkpoints', pod: 'mistral-pretrain-worker-0', sizeGiB: 800, used: 0.86 },
  { namespace: 'vision-lab', claim: 'image-archive', pod: 'resnet-sweep-worker-0', sizeGiB: 1600, used: 0.64 },
  { namespace: 'fraud-detection', claim: 'transactions', pod: 'transaction-gnn-worker-0', sizeGiB: 400, used: 0.58 },
  { namespace: 'chat-assistant', claim: 'model-weights', pod: 'llama-stack-59b7d8c6f-t6n2v', sizeGiB: 600, used: 0.52 },
  { namespace: 'claims-pipelines', claim: 'pipeline-artifacts', pod: 'ds-pipeline-dspa-66d8b9f7c-m5r7k', sizeGiB: 900, used: 0.91 },
  { namespace: 'churn-analytics', claim: 'exports', pod: 'customer-export-84c6f7d5b-j9x3p', sizeGiB: 300, used: 0.47 },
  { namespace: 'med-imaging', claim: 'scans', pod: 'segmentation-unet-worker-0', sizeGiB: 2000, used: 0.78 },
  ...notebooks.map(({ spec, pod }, index) => ({ namespace: spec.namespace, claim: spec.name, pod, sizeGiB: spec.storageGiB, used: 0.3 + 0.07 * index })),
];

export const volumes: readonly Volume[] = volumeSpecs.map(({ namespace, claim, pod, sizeGiB, used }) => {
  const wander = drift(`${namespace}/${claim}`, 2 * 3600);
  const node = pods.find(({ name }) => name === pod)?.node;
  if (node === undefined) throw new Error(`volume ${claim} is mounted by ${pod}, which is not there`);
  return { namespace, claim, pod, node, capacityBytes: sizeGiB * gibibyte, usedBytes: (time) => Math.round(sizeGiB * gibibyte * (used + 0.004 * wander(time))) };
});

/** A GPU of a node, and who holds it. */
export interface HeldGpu {
  readonly index: number;
  readonly holder?: { readonly pod: Pod; readonly use: GpuUse };
}

/** The GPUs of a node; pods get them in their order, from GPU 0. */
export function gpusOf(node: ClusterNode): HeldGpu[] {
  const held = pods.filter((pod) => pod.node === node.name).flatMap((pod) => pod.gpus.map((use) => ({ pod, use })));
  return Array.from({ length: node.gpus }, (_, index) => {
    const holder = held[index];
    return holder === undefined ? { index } : { index, holder };
  });
}
