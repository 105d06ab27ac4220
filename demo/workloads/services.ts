/** Pods of projects that are neither training, models nor notebooks, and those of the platform. */
import { gibibyte, pod, steadyCpu, steadyMemory, traffic, type Pod } from './pod';
import { at, dailyFlow, during } from './profile';
import { counterStart, hour, minute } from './signal';

interface ServiceSpec {
  readonly namespace: string;
  readonly workload: string;
  readonly pod: string;
  readonly node: string;
  readonly cpuCores: number;
  readonly memoryMiB: number;
  readonly more?: Partial<Pod>;
}

/** The administrator's anomaly: every night at two, thirty times as much leaves the project. */
const exported = dailyFlow((second) => 6e6 + 174e6 * during(at(2), at(2, 40), 2 * minute)(second));

const specs: readonly ServiceSpec[] = [
  { namespace: 'bert-serving', workload: 'bert-v2-transformer', pod: 'bert-v2-transformer-5d8b7c9f6-l4tzm', node: 'cpu-node-1', cpuCores: 0.7, memoryMiB: 640 },
  { namespace: 'fraud-detection', workload: 'feast-online', pod: 'feast-online-7d9c5b8f4-q2m8z', node: 'cpu-node-2', cpuCores: 1.3, memoryMiB: 2100 },
  { namespace: 'chat-assistant', workload: 'guardrails-orchestrator', pod: 'guardrails-orchestrator-6f5d9c-w8k4x', node: 'cpu-node-1', cpuCores: 0.9, memoryMiB: 1400 },
  { namespace: 'chat-assistant', workload: 'llama-stack', pod: 'llama-stack-59b7d8c6f-t6n2v', node: 'cpu-node-1', cpuCores: 0.6, memoryMiB: 1900 },
  {
    namespace: 'churn-analytics',
    workload: 'customer-export',
    pod: 'customer-export-84c6f7d5b-j9x3p',
    node: 'cpu-node-1',
    cpuCores: 0.5,
    memoryMiB: 850,
    more: { sent: exported, received: traffic('customer-export/rx', 4e6) },
  },
  {
    namespace: 'claims-pipelines',
    workload: 'ds-pipeline-dspa',
    pod: 'ds-pipeline-dspa-66d8b9f7c-m5r7k',
    node: 'cpu-node-1',
    cpuCores: 0.3,
    memoryMiB: 720,
    // It runs out of memory now and then.
    more: { restarts: (time) => Math.floor((time - counterStart) / (9 * hour)) },
  },
  // The platform's own: an administrator sees them.
  { namespace: 'opendatahub', workload: 'odh-dashboard', pod: 'odh-dashboard-6b9c7d5f48-h8vxj', node: 'cpu-node-1', cpuCores: 0.12, memoryMiB: 420 },
  { namespace: 'opendatahub', workload: 'odh-model-controller', pod: 'odh-model-controller-7f8c9d6b5-z4d2s', node: 'cpu-node-1', cpuCores: 0.08, memoryMiB: 210 },
  { namespace: 'openshift-monitoring', workload: 'prometheus-k8s', pod: 'prometheus-k8s-0', node: 'cpu-node-1', cpuCores: 1.1, memoryMiB: 6100 },
  { namespace: 'openshift-monitoring', workload: 'prometheus-k8s', pod: 'prometheus-k8s-1', node: 'cpu-node-2', cpuCores: 1.1, memoryMiB: 6050 },
];

export const podsOfServices: readonly Pod[] = specs.map(({ namespace, workload, pod: name, node, cpuCores, memoryMiB, more }) =>
  pod(
    {
      namespace,
      name,
      container: workload,
      node,
      workload,
      kind: 'Service',
      cpu: steadyCpu(name, cpuCores, 0.5),
      memoryBytes: steadyMemory(name, (memoryMiB / 1024) * gibibyte),
      requests: { cpuCores: Math.max(0.25, Math.ceil(cpuCores * 5) / 4), memoryGiB: Math.ceil(memoryMiB / 512) / 2 },
    },
    more,
  ),
);
