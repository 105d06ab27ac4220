/** Container, volume and machine metrics under the names and labels of the kubelet and its cAdvisor. */
import type { ClusterNode, Volume } from '../workloads/cluster';
import type { Pod } from '../workloads/pod';
import { counterStart, rounded, type Signal } from '../workloads/signal';
import { counter, gauge, slowly, type Exporter, type Labels, type MetricFamily, type Series } from './exposition';

/** Scheduling periods of the kernel in a second. */
const periodsPerSecond = 10;

function ofContainers(pods: readonly Pod[], signal: (pod: Pod) => Signal, labels: Labels = {}): Series[] {
  return pods.map((pod) => {
    const value = signal(pod);
    return {
      labels: { namespace: pod.namespace, pod: pod.name, container: pod.container, node: pod.node, ...labels },
      value: (time) => (pod.exists(time) ? value(time) : Number.NaN),
    };
  });
}

function ofNetworks(pods: readonly Pod[], signal: (pod: Pod) => Signal): Series[] {
  return pods.map((pod) => {
    const value = rounded(signal(pod));
    return {
      labels: { namespace: pod.namespace, pod: pod.name, interface: 'eth0', node: pod.node },
      value: (time) => (pod.exists(time) ? value(time) : Number.NaN),
    };
  });
}

function familiesOf(node: ClusterNode, pods: readonly Pod[], volumes: readonly Volume[]): MetricFamily[] {
  const machine = { node: node.name };
  const ofVolumes = (signal: (volume: Volume) => Signal) =>
    volumes.map((volume) => ({ labels: { namespace: volume.namespace, persistentvolumeclaim: volume.claim, node: volume.node }, value: signal(volume) }));
  return [
    counter('container_cpu_usage_seconds_total', 'Cumulative cpu time consumed in seconds.', ofContainers(pods, ({ cpu }) => rounded(cpu.total, 3), { cpu: 'total' })),
    gauge('container_memory_working_set_bytes', 'Current working set in bytes.', ofContainers(pods, ({ memoryBytes }) => memoryBytes)),
    counter('container_network_receive_bytes_total', 'Cumulative count of bytes received.', ofNetworks(pods, ({ received }) => received.total)),
    counter('container_network_transmit_bytes_total', 'Cumulative count of bytes transmitted.', ofNetworks(pods, ({ sent }) => sent.total)),
    ...slowly([
      counter('container_cpu_cfs_periods_total', 'Number of elapsed enforcement period intervals.', ofContainers(pods, () => (time) => Math.floor((time - counterStart) * periodsPerSecond))),
      counter(
        'container_cpu_cfs_throttled_periods_total',
        'Number of throttled period intervals.',
        ofContainers(pods, ({ throttled }) => (time) => Math.floor((time - counterStart) * periodsPerSecond * throttled)),
      ),
      gauge('kubelet_volume_stats_used_bytes', 'Number of used bytes in the volume.', ofVolumes(({ usedBytes }) => usedBytes)),
      gauge('kubelet_volume_stats_capacity_bytes', 'Capacity in bytes of the volume.', ofVolumes(({ capacityBytes }) => () => capacityBytes)),
      gauge('machine_cpu_cores', 'Number of logical CPU cores.', [{ labels: machine, value: () => node.cpuCores }]),
      gauge('machine_memory_bytes', 'Amount of memory installed on the machine.', [{ labels: machine, value: () => node.memoryGiB * 2 ** 30 }]),
    ]),
  ];
}

export function cadvisorExporter(nodes: readonly ClusterNode[], pods: readonly Pod[], volumes: readonly Volume[]): Exporter {
  return {
    job: 'kubelet',
    path: '/metrics/cadvisor',
    targets: nodes.map((node) => ({
      instance: `${node.name}:10250`,
      families: familiesOf(
        node,
        pods.filter((pod) => pod.node === node.name),
        volumes.filter((volume) => volume.node === node.name),
      ),
    })),
  };
}
