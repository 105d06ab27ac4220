/** What each machine does, under the names and labels of node-exporter. `instance` of a target is the node's name. */
import type { ClusterNode } from '../workloads/cluster';
import { gibibyte, steadyCpu, traffic, type Pod } from '../workloads/pod';
import { counterStart, drift, rounded, sumOfFlows, type Flow, type Signal } from '../workloads/signal';
import { counter, gauge, slowly, type Exporter, type MetricFamily } from './exposition';

/** Share of the machine that the system itself takes. */
const systemShare = 0.04;

/** CPU that is used on the node: its pods' and the system's. */
export function nodeCpu(node: ClusterNode, pods: readonly Pod[]): Flow {
  return sumOfFlows([...pods.filter((pod) => pod.node === node.name).map(({ cpu }) => cpu), steadyCpu(`${node.name}/system`, systemShare * node.cpuCores, 0.2)]);
}

export function nodeMemory(node: ClusterNode, pods: readonly Pod[]): Signal {
  const own = pods.filter((pod) => pod.node === node.name);
  return (time) => own.reduce((sum, pod) => sum + (pod.exists(time) ? pod.memoryBytes(time) : 0), 0.06 * node.memoryGiB * gibibyte);
}

function familiesOf(node: ClusterNode, pods: readonly Pod[]): MetricFamily[] {
  const cpu = nodeCpu(node, pods);
  const memory = nodeMemory(node, pods);
  const network = (direction: 'received' | 'sent') =>
    sumOfFlows([...pods.filter((pod) => pod.node === node.name).map((pod) => pod[direction]), traffic(`${node.name}/${direction}`, 0.5e6)]);
  const waiting = 0.008;
  const modes: readonly (readonly [string, Signal])[] = [
    ['user', (time) => 0.84 * cpu.total(time)],
    ['system', (time) => 0.16 * cpu.total(time)],
    ['iowait', (time) => waiting * node.cpuCores * (time - counterStart)],
    ['idle', (time) => (1 - waiting) * node.cpuCores * (time - counterStart) - cpu.total(time)],
  ];
  const disk = traffic(`${node.name}/disk`, 0.17);
  const rootBytes = 480 * gibibyte;
  const rootUsed = drift(`${node.name}/root`, 6 * 3600);
  const root = { mountpoint: '/', fstype: 'xfs', device: '/dev/nvme0n1p4' };
  const bytes = node.memoryGiB * gibibyte;
  return [
    counter('node_cpu_seconds_total', 'Seconds the CPUs spent in each mode.', modes.map(([mode, total]) => ({ labels: { mode }, value: rounded(total, 2) }))),
    gauge('node_load5', '5m load average.', [{ labels: {}, value: rounded((time) => 1.1 * cpu.rate(time), 2) }]),
    gauge('node_memory_MemAvailable_bytes', 'Memory information field MemAvailable_bytes.', [{ labels: {}, value: rounded((time) => bytes - memory(time)) }]),
    counter('node_network_receive_bytes_total', 'Network device statistic receive_bytes.', [{ labels: { device: 'ens5' }, value: rounded(network('received').total) }]),
    counter('node_network_transmit_bytes_total', 'Network device statistic transmit_bytes.', [{ labels: { device: 'ens5' }, value: rounded(network('sent').total) }]),
    counter('node_disk_io_time_seconds_total', 'Total seconds spent doing I/Os.', [{ labels: { device: 'nvme0n1' }, value: rounded(disk.total, 2) }]),
    ...slowly([
      gauge('node_memory_MemTotal_bytes', 'Memory information field MemTotal_bytes.', [{ labels: {}, value: () => bytes }]),
      gauge('node_filesystem_size_bytes', 'Filesystem size in bytes.', [{ labels: root, value: () => rootBytes }]),
      gauge('node_filesystem_avail_bytes', 'Filesystem space available to non-root users in bytes.', [{ labels: root, value: rounded((time) => rootBytes * (0.46 + 0.02 * rootUsed(time))) }]),
    ]),
  ];
}

export function nodeExporter(nodes: readonly ClusterNode[], pods: readonly Pod[]): Exporter {
  return {
    job: 'node-exporter',
    path: '/metrics/node-exporter',
    targets: nodes.map((node) => ({ instance: node.name, families: familiesOf(node, pods) })),
  };
}
