/** Which metrics show that an exporter is there: one that it always has, and what is empty without it. */

export interface Exporter {
  readonly name: string;
  readonly metric: string;
  /** What people see empty. */
  readonly needs: string;
  readonly next: string;
}

/** docs/metrics.md lists all metrics that the dashboards read. */
export const exporters: readonly Exporter[] = [
  { name: 'NVIDIA GPUs', metric: 'DCGM_FI_DEV_GPU_UTIL', needs: 'GPU panels', next: 'Install the NVIDIA GPU operator and let its DCGM exporter be scraped (a ServiceMonitor, or the label openshift.io/cluster-monitoring on its namespace).' },
  { name: 'nodes', metric: 'node_cpu_seconds_total', needs: 'the dashboards of the cluster', next: 'Let node-exporter be scraped. On OpenShift it always is: query Thanos, not the Prometheus of user workloads.' },
  { name: 'containers', metric: 'container_cpu_usage_seconds_total', needs: 'CPU and memory of workloads', next: 'Let the kubelet be scraped (/metrics/cadvisor).' },
  { name: 'Kubernetes objects', metric: 'kube_pod_info', needs: 'pods, quotas and requests', next: 'Let kube-state-metrics be scraped.' },
  { name: 'model serving (Istio)', metric: 'istio_requests_total', needs: 'requests and latency of served models', next: 'Let the sidecars of serving runtimes be scraped (a PodMonitor for their port 15020), or leave it when models are served without Istio.' },
  { name: 'language models (vLLM)', metric: 'vllm:num_requests_running', needs: 'the dashboard of language models', next: 'Let the vLLM runtime be scraped: a ServiceMonitor for its port of metrics.' },
  { name: 'training jobs', metric: 'odh_training_loss', needs: 'loss, throughput and data loading of training', next: 'Report them from training code; docs/metrics.md says which.' },
];
