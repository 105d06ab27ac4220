/** What the cluster's objects are, under the names and labels of kube-state-metrics. Changes rarely. */
import type { ClusterNode, Volume } from '../workloads/cluster';
import { deploymentOf, desiredReplicas } from '../workloads/model-servers';
import type { ModelVersion } from '../workloads/model-server';
import { gibibyte, type Pod } from '../workloads/pod';
import { counterStart, day, type Signal } from '../workloads/signal';
import { counter, gauge, slowly, type Exporter, type Labels, type MetricFamily, type Series } from './exposition';

export interface Cluster {
  readonly nodes: readonly ClusterNode[];
  readonly pods: readonly Pod[];
  readonly volumes: readonly Volume[];
  readonly versions: readonly ModelVersion[];
  readonly projects: readonly { readonly name: string; readonly quota: { readonly cpuCores: number; readonly memoryGiB: number; readonly gpus: number; readonly storageGiB: number } }[];
}

/** While the pod is there. */
function whileThere(pod: Pod, labels: Labels, value: Signal): Series {
  return { labels: { namespace: pod.namespace, pod: pod.name, ...labels }, value: (time) => (pod.exists(time) ? value(time) : Number.NaN) };
}

const phases = ['Running', 'Pending', 'Failed'];

/** A pod that was made waits until it is ready. */
function phaseOf(pod: Pod, time: number): string {
  return time - pod.created(time) < pod.startSeconds ? 'Pending' : 'Running';
}

function resources(pod: Pod, factor: { readonly cpu: number; readonly memory: number }): Series[] {
  const place = { container: pod.container, node: pod.node };
  return [
    whileThere(pod, { ...place, resource: 'cpu', unit: 'core' }, () => pod.requests.cpuCores * factor.cpu),
    whileThere(pod, { ...place, resource: 'memory', unit: 'byte' }, () => pod.requests.memoryGiB * factor.memory * gibibyte),
    ...(pod.gpus.length > 0 ? [whileThere(pod, { ...place, resource: 'nvidia_com_gpu', unit: 'integer' }, () => pod.gpus.length)] : []),
  ];
}

function podFamilies(pods: readonly Pod[]): MetricFamily[] {
  return [
    gauge('kube_pod_info', 'Information about pod.', pods.map((pod) => whileThere(pod, { node: pod.node, created_by_kind: pod.kind, created_by_name: pod.workload }, () => 1))),
    gauge(
      'kube_pod_status_phase',
      'The pods current phase.',
      pods.flatMap((pod) => phases.map((phase) => whileThere(pod, { phase }, (time) => (phaseOf(pod, time) === phase ? 1 : 0)))),
    ),
    gauge('kube_pod_created', 'Unix creation timestamp.', pods.map((pod) => whileThere(pod, {}, (time) => Math.round(pod.created(time))))),
    gauge(
      'kube_pod_status_ready_time',
      'Readiness achieved time in unix timestamp for a pod.',
      pods.map((pod) => whileThere(pod, {}, (time) => (phaseOf(pod, time) === 'Running' ? Math.round(pod.created(time) + pod.startSeconds) : Number.NaN))),
    ),
    counter('kube_pod_container_status_restarts_total', 'The number of container restarts per container.', pods.map((pod) => whileThere(pod, { container: pod.container }, pod.restarts))),
    gauge('kube_pod_container_resource_requests', 'The number of requested request resource by a container.', pods.flatMap((pod) => resources(pod, { cpu: 1, memory: 1 }))),
    gauge('kube_pod_container_resource_limits', 'The number of requested limit resource by a container.', pods.flatMap((pod) => resources(pod, { cpu: 1.5, memory: 1.25 }))),
  ];
}

/** A new version at ten in the morning: of a canary every day, of others every few weeks. */
function generation({ server, name }: ModelVersion): Signal {
  const days = name.endsWith('-canary') ? 1 : 7 * (2 + (server.model.length % 3));
  return (time) => 1 + Math.floor((time - counterStart - day * (name.length + 10 / 24)) / (days * day));
}

function deploymentFamilies(versions: readonly ModelVersion[]): MetricFamily[] {
  const per = (name: string, help: string, signal: (version: ModelVersion) => Signal, label = 'deployment', which = versions) =>
    gauge(name, help, which.map((version) => ({ labels: { namespace: version.server.namespace, [label]: deploymentOf(version) }, value: signal(version) })));
  const scaled = versions.filter(({ server }) => !server.serverless);
  const autoscaler = (name: string, help: string, signal: (version: ModelVersion) => Signal) => per(name, help, signal, 'horizontalpodautoscaler', scaled);
  return [
    per('kube_deployment_spec_replicas', 'Number of desired pods for a deployment.', desiredReplicas),
    per('kube_deployment_status_replicas_available', 'The number of available replicas per deployment.', ({ replicas }) => replicas),
    per('kube_deployment_status_observed_generation', 'The generation observed by the deployment controller.', generation),
    autoscaler('kube_horizontalpodautoscaler_status_current_replicas', 'Current number of replicas of pods managed by this autoscaler.', ({ replicas }) => replicas),
    autoscaler('kube_horizontalpodautoscaler_status_desired_replicas', 'Desired number of replicas of pods managed by this autoscaler.', desiredReplicas),
    autoscaler('kube_horizontalpodautoscaler_spec_min_replicas', 'Lower limit for the number of pods that can be set by the autoscaler.', ({ server }) => () => server.replicas.min),
    autoscaler('kube_horizontalpodautoscaler_spec_max_replicas', 'Upper limit for the number of pods that can be set by the autoscaler.', ({ server }) => () => server.replicas.max),
  ];
}

function quotaFamilies({ projects, pods, volumes }: Cluster): MetricFamily[] {
  const series = projects.flatMap(({ name: namespace, quota }) => {
    const own = pods.filter((pod) => pod.namespace === namespace);
    const used = (amount: (pod: Pod) => number): Signal => (time) => own.reduce((sum, pod) => sum + (pod.exists(time) ? amount(pod) : 0), 0);
    const storage = volumes.filter((volume) => volume.namespace === namespace).reduce((sum, { capacityBytes }) => sum + capacityBytes, 0);
    const rows: readonly (readonly [string, number, Signal])[] = [
      ['requests.cpu', quota.cpuCores, used((pod) => pod.requests.cpuCores)],
      ['requests.memory', quota.memoryGiB * gibibyte, used((pod) => pod.requests.memoryGiB * gibibyte)],
      ['limits.cpu', quota.cpuCores * 1.5, used((pod) => pod.requests.cpuCores * 1.5)],
      ['limits.memory', quota.memoryGiB * 1.25 * gibibyte, used((pod) => pod.requests.memoryGiB * 1.25 * gibibyte)],
      ['requests.nvidia.com/gpu', quota.gpus, used((pod) => pod.gpus.length)],
      ['requests.storage', quota.storageGiB * gibibyte, () => storage],
    ];
    return rows.flatMap(([resource, hard, value]): Series[] => [
      { labels: { namespace, resourcequota: 'project', resource, type: 'hard' }, value: () => hard },
      { labels: { namespace, resourcequota: 'project', resource, type: 'used' }, value },
    ]);
  });
  return [gauge('kube_resourcequota', 'Information about resource quota.', series)];
}

function nodeFamilies(nodes: readonly ClusterNode[]): MetricFamily[] {
  const amounts = (share: number) =>
    nodes.flatMap(({ name, cpuCores, memoryGiB, gpus }): Series[] => [
      { labels: { node: name, resource: 'cpu', unit: 'core' }, value: () => cpuCores * share },
      { labels: { node: name, resource: 'memory', unit: 'byte' }, value: () => memoryGiB * gibibyte * share },
      { labels: { node: name, resource: 'pods', unit: 'integer' }, value: () => 250 },
      ...(gpus > 0 ? [{ labels: { node: name, resource: 'nvidia_com_gpu', unit: 'integer' }, value: () => gpus }] : []),
    ]);
  const conditions = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];
  return [
    gauge('kube_node_info', 'Information about a cluster node.', nodes.map(({ name }) => ({ labels: { node: name, kubelet_version: 'v1.31.8' }, value: () => 1 }))),
    gauge('kube_node_role', 'The role of a cluster node.', nodes.map(({ name, role }) => ({ labels: { node: name, role }, value: () => 1 }))),
    gauge(
      'kube_node_status_condition',
      'The condition of a cluster node.',
      nodes.flatMap(({ name }) =>
        conditions.flatMap((condition) =>
          ['true', 'false'].map((status) => ({ labels: { node: name, condition, status }, value: () => ((condition === 'Ready') === (status === 'true') ? 1 : 0) })),
        ),
      ),
    ),
    gauge('kube_node_status_capacity', 'The total amount of resources available for a node.', amounts(1)),
    gauge('kube_node_status_allocatable', 'The amount of resources allocatable for pods.', amounts(0.97)),
  ];
}

export function kubeStateExporter(cluster: Cluster): Exporter {
  const { nodes, pods, volumes, versions, projects } = cluster;
  const families = [
    ...podFamilies(pods),
    ...deploymentFamilies(versions),
    ...quotaFamilies(cluster),
    ...nodeFamilies(nodes),
    gauge(
      'kube_persistentvolumeclaim_resource_requests_storage_bytes',
      'The capacity of storage requested by the persistent volume claim.',
      volumes.map(({ namespace, claim, capacityBytes }) => ({ labels: { namespace, persistentvolumeclaim: claim }, value: () => capacityBytes })),
    ),
    gauge(
      'kube_namespace_labels',
      'Kubernetes labels converted to Prometheus labels.',
      projects.map(({ name }) => ({ labels: { namespace: name, label_opendatahub_io_dashboard: 'true' }, value: () => 1 })),
    ),
    // On a cluster this is a recording rule over the labels of pods.
    gauge(
      'odh_workload_pod_info',
      'The workload that a pod belongs to.',
      pods.map((pod) => whileThere(pod, { workload: pod.workload, kind: pod.kind, version: pod.version }, () => 1)),
    ),
  ];
  return { job: 'kube-state-metrics', path: '/metrics/kube-state-metrics', targets: [{ instance: 'kube-state-metrics:8443', families: slowly(families) }] };
}
