/** What is charged for, and prices, under the names and labels of OpenCost. */
import type { ClusterNode, Volume } from '../workloads/cluster';
import { gibibyte, type Pod } from '../workloads/pod';
import type { Signal } from '../workloads/signal';
import { gauge, slowly, type Exporter } from './exposition';

/** US dollars an hour. */
export const prices = { core: 0.041, gibibyte: 0.0054, gpu: 2.85, storageGibibyte: 0.00014, spotDiscount: 0.62 };

export function pricesOf(node: ClusterNode): { readonly core: number; readonly gibibyte: number; readonly gpu: number } {
  const factor = node.spot ? 1 - prices.spotDiscount : 1;
  const round = (price: number) => Math.round(price * factor * 1e5) / 1e5;
  return { core: round(prices.core), gibibyte: round(prices.gibibyte), gpu: round(prices.gpu) };
}

export function opencostExporter(nodes: readonly ClusterNode[], pods: readonly Pod[], volumes: readonly Volume[]): Exporter {
  const perPod = (which: readonly Pod[], amount: (pod: Pod) => number) =>
    which.map((pod) => ({
      labels: { namespace: pod.namespace, pod: pod.name, container: pod.container, node: pod.node },
      value: ((time) => (pod.exists(time) ? amount(pod) : Number.NaN)) satisfies Signal,
    }));
  const perNode = (which: readonly ClusterNode[], amount: (node: ClusterNode) => number) => which.map((node) => ({ labels: { node: node.name }, value: () => amount(node) }));
  const volumeName = ({ namespace, claim }: Volume) => `pv-${namespace}-${claim}`;
  const withGpus = nodes.filter(({ gpus }) => gpus > 0);
  const families = [
    gauge('container_cpu_allocation', 'Percent of a single CPU used in a minute.', perPod(pods, ({ requests }) => requests.cpuCores)),
    gauge('container_memory_allocation_bytes', 'Bytes of RAM used.', perPod(pods, ({ requests }) => requests.memoryGiB * gibibyte)),
    gauge('container_gpu_allocation', 'GPUs used.', perPod(pods.filter(({ gpus }) => gpus.length > 0), ({ gpus }) => gpus.length)),
    gauge(
      'pod_pvc_allocation',
      'Bytes used by a PVC attached to a pod.',
      volumes.map((volume) => ({
        labels: { namespace: volume.namespace, pod: volume.pod, persistentvolumeclaim: volume.claim, persistentvolume: volumeName(volume) },
        value: () => volume.capacityBytes,
      })),
    ),
    gauge('node_cpu_hourly_cost', 'Cost per core of the node.', perNode(nodes, (node) => pricesOf(node).core)),
    gauge('node_ram_hourly_cost', 'Cost per GiB of memory of the node.', perNode(nodes, (node) => pricesOf(node).gibibyte)),
    gauge('node_gpu_hourly_cost', 'Cost per GPU of the node.', perNode(withGpus, (node) => pricesOf(node).gpu)),
    gauge(
      'node_total_hourly_cost',
      'Total cost of the node.',
      perNode(nodes, (node) => {
        const { core, gibibyte: memory, gpu } = pricesOf(node);
        return Math.round((core * node.cpuCores + memory * node.memoryGiB + gpu * node.gpus) * 1e4) / 1e4;
      }),
    ),
    gauge('kubecost_node_is_spot', 'Whether the node may be taken back.', perNode(nodes, ({ spot }) => (spot ? 1 : 0))),
    gauge('pv_hourly_cost', 'Cost per GiB of the volume.', volumes.map((volume) => ({ labels: { persistentvolume: volumeName(volume) }, value: () => prices.storageGibibyte }))),
  ];
  return { job: 'opencost', path: '/metrics/opencost', targets: [{ instance: 'opencost:9003', families: slowly(families) }] };
}
