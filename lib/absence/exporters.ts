/** Which part of the platform emits a metric, by its name. Named as the sections of docs/metrics.md. */

const exporters: readonly (readonly [exporter: string, names: RegExp])[] = [
  ['Training code', /^odh_training_/],
  ['NVIDIA DCGM exporter', /^DCGM_/],
  ['kubelet and cAdvisor', /^(container_(cpu_usage|cpu_cfs|memory_working|network)|kubelet_|machine_)/],
  ['kube-state-metrics', /^kube_/],
  ['node-exporter', /^node_(?!.*hourly_cost)/],
  ['Istio', /^istio_/],
  ['KServe and Knative', /^(request_(preprocess|predict|postprocess)_seconds|autoscaler_|activator_|revision_queue)/],
  ['vLLM', /^vllm:/],
  ['Pipelines: Argo Workflows and the platform', /^(argo_workflows_|odh_pipeline_)/],
  ['Notebooks', /^odh_notebook_/],
  ['TrustyAI', /^trustyai_(?!guardrails_)/],
  ['Model quality, drift and data quality', /^odh_(model|feature|prediction|data)_/],
  ['Feast', /^feast_/],
  ['Guardrails, evaluations and Llama Stack', /^(trustyai_guardrails|odh_guardrails|odh_eval|llama_stack)_/],
  ['The platform', /^odh_workload_/],
  ['OpenCost', /^(container_\w+_allocation|pod_pvc_allocation|node_\w+_hourly_cost|kubecost_|pv_hourly)/],
  ['Prometheus', /^(up|scrape_\w+|prometheus_\w+|ALERTS)$/],
  ['This product', /^odh_observability_/],
  // Rules name a series level:metric:operation (https://prometheus.io/docs/practices/rules/).
  ['Recorded series', /^[a-z_]+:\w+:\w+$/],
];

/** @returns undefined for a metric that no section of docs/metrics.md holds */
export function exporterOf(metric: string): string | undefined {
  const name = metric.replace(/_(bucket|sum|count)$/, '');
  return exporters.find(([, names]) => names.test(metric) || names.test(name))?.[0];
}
