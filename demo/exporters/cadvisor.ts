/** Container and node metrics under the names and labels of the kubelet's cAdvisor. */
import type { ClusterNode, CpuPod } from '../workloads/cluster';
import { rounded, type Flow, type Signal } from '../workloads/signal';
import type { TrainingJob } from '../workloads/training-job';
import type { Exporter, Labels, MetricFamily } from './exposition';
import { podName, trainingContainer } from './pods';

interface Container {
  readonly node: string;
  readonly labels: Labels;
  readonly cpu: Flow;
  readonly memoryBytes: Signal;
}

function trainingContainers(jobs: readonly TrainingJob[]): Container[] {
  return jobs.flatMap(({ spec, cpu, memoryBytes }) =>
    spec.workers.map(({ node }, worker) => ({
      node,
      labels: { namespace: spec.namespace, pod: podName(spec.name, worker), container: trainingContainer, node },
      cpu: cpu(worker),
      memoryBytes: memoryBytes(worker),
    })),
  );
}

function cpuContainers(pods: readonly CpuPod[]): Container[] {
  return pods.map(({ namespace, pod, container, node, cpu, memoryBytes }) => ({
    node,
    labels: { namespace, pod, container, node },
    cpu,
    memoryBytes,
  }));
}

function familiesOf(node: ClusterNode, containers: readonly Container[]): MetricFamily[] {
  const machine = { node: node.name };
  return [
    {
      name: 'container_cpu_usage_seconds_total',
      type: 'counter',
      help: 'Cumulative cpu time consumed in seconds.',
      series: containers.map(({ labels, cpu }) => ({ labels: { ...labels, cpu: 'total' }, value: rounded(cpu.total, 3) })),
    },
    {
      name: 'container_memory_working_set_bytes',
      type: 'gauge',
      help: 'Current working set in bytes.',
      series: containers.map(({ labels, memoryBytes }) => ({ labels, value: memoryBytes })),
    },
    { name: 'machine_cpu_cores', type: 'gauge', help: 'Number of logical CPU cores.', series: [{ labels: machine, value: () => node.cpuCores }] },
    {
      name: 'machine_memory_bytes',
      type: 'gauge',
      help: 'Amount of memory installed on the machine.',
      series: [{ labels: machine, value: () => node.memoryGiB * 2 ** 30 }],
    },
  ];
}

export function cadvisorExporter(nodes: readonly ClusterNode[], jobs: readonly TrainingJob[], pods: readonly CpuPod[]): Exporter {
  const containers = [...trainingContainers(jobs), ...cpuContainers(pods)];
  return {
    job: 'kubelet',
    path: '/metrics/cadvisor',
    targets: nodes.map((node) => ({
      instance: `${node.name}:10250`,
      families: familiesOf(
        node,
        containers.filter((container) => container.node === node.name),
      ),
    })),
  };
}
