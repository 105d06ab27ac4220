/** Served models as Istio's proxies, KServe's Python servers and Knative see them. */
import { between, histogram as counted, type Histogram } from '../workloads/distribution';
import { deploymentOf, predictorPod } from '../workloads/model-servers';
import type { ModelVersion } from '../workloads/model-server';
import { daily, dailyFlow } from '../workloads/profile';
import { rounded } from '../workloads/signal';
import { counter, gauge, histogram, slowly, type Exporter, type Labels, type MetricFamily } from './exposition';

function istioLabels(version: ModelVersion): Labels {
  const { server, name } = version;
  return {
    namespace: server.namespace,
    reporter: 'destination',
    destination_workload: deploymentOf(version),
    destination_canonical_service: server.model,
    destination_canonical_revision: name,
  };
}

function istioFamilies(versions: readonly ModelVersion[]): MetricFamily[] {
  const of = (which: (version: ModelVersion) => Histogram) => versions.map((version) => ({ labels: istioLabels(version), of: which(version) }));
  return [
    counter(
      'istio_requests_total',
      'Total requests with request classification.',
      versions.flatMap((version) =>
        version.outcomes.map(({ operation, code, total }) => ({ labels: { ...istioLabels(version), request_operation: operation, response_code: code }, value: total })),
      ),
    ),
    histogram('istio_request_duration_milliseconds', 'Duration of requests.', of(({ durations }) => durations)),
    ...slowly([
      histogram('istio_request_bytes', 'Size of requests.', of(({ requestSizes }) => requestSizes)),
      histogram('istio_response_bytes', 'Size of responses.', of(({ responseSizes }) => responseSizes)),
    ]),
  ];
}

/** The stages of KServe's Python servers, and which share of the time each takes. */
const stages = [
  { name: 'request_preprocess_seconds', help: 'pre-process request latency', share: 0.12 },
  { name: 'request_predict_seconds', help: 'predict request latency', share: 0.78 },
  { name: 'request_postprocess_seconds', help: 'post-process request latency', share: 0.06 },
];

const stageBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

function kserveFamilies(versions: readonly ModelVersion[]): MetricFamily[] {
  const python = versions.filter(({ server }) => server.runtime === 'python');
  return stages.map(({ name, help, share }) =>
    histogram(
      name,
      help,
      python.map((version) => ({
        labels: { namespace: version.server.namespace, pod: predictorPod(version, 0), model_name: version.server.model },
        of: counted(version.load, version.weights, { ...version.latency, median: (second) => (version.latency.median(second) / 1000) * share }, stageBounds),
        decimals: 3,
      })),
    ),
  );
}

function knativeFamilies(versions: readonly ModelVersion[]): MetricFamily[] {
  const serverless = versions.filter(({ server }) => server.serverless);
  const labels = (version: ModelVersion) => ({ namespace: version.server.namespace, configuration_name: `${version.server.model}-predictor`, revision_name: deploymentOf(version) });
  const of = (signal: (version: ModelVersion) => (time: number) => number) => serverless.map((version) => ({ labels: labels(version), value: signal(version) }));
  return slowly([
    gauge('autoscaler_desired_pods', 'Number of pods autoscaler wants to allocate', of(({ replicas }) => replicas)),
    gauge('autoscaler_actual_pods', 'Number of pods that are allocated currently', of(({ replicas }) => replicas)),
    gauge('revision_queue_depth', 'The current number of items in the serving and waiting queue', of((version) => rounded(daily((second) => version.load(second) * (version.latency.median(second) / 1000))))),
    counter(
      'activator_request_count',
      'The number of requests that are routed to Activator',
      serverless.map((version) => {
        // Those that come while a pod starts: a few, and the canary's few pods meet more of them.
        const { total } = dailyFlow((second) => version.load(second) * (version.name.includes('canary') ? 0.004 : 0.0006), version.weights);
        return { labels: { ...labels(version), response_code_class: '2xx' }, value: (time: number) => Math.floor(total(time)) };
      }),
    ),
  ]);
}

export function servingExporter(versions: readonly ModelVersion[]): Exporter {
  return {
    job: 'istio-proxies',
    path: '/metrics/serving',
    targets: [{ instance: 'istio-proxies:15090', families: [...istioFamilies(versions), ...kserveFamilies(versions), ...knativeFamilies(versions)] }],
  };
}

const seconds = (median: number, p99: number, version: ModelVersion) => between(median, p99, (second) => 0.75 + (0.35 * version.load(second)) / version.server.requestsPerSecond);

/** How vLLM answers: the larger model takes longer for everything. */
export function vllmExporter(versions: readonly ModelVersion[]): Exporter {
  const served = versions.filter(({ server }) => server.runtime === 'vllm');
  const targets = served.flatMap((version) => {
    const { server, weights } = version;
    const large = server.gpus > 1 ? 3.2 : 1;
    return Array.from({ length: server.replicas.most }, (_, replica) => {
      // Pods share the traffic, the first takes a little more.
      const share = server.replicas.most === 1 ? 1 : replica === 0 ? 0.53 : 0.47;
      const load = (second: number) => version.load(second) * share;
      const labels = { namespace: server.namespace, model_name: server.model, pod: predictorPod(version, replica) };
      const busy = (second: number) => (version.load(second) / server.requestsPerSecond) * (large > 1 ? 1.12 : 0.92);
      const running = daily((second) => Math.round(load(second) * (version.latency.median(second) / 1000) * 1.25));
      const waiting = daily((second) => Math.max(0, Math.round(9 * large * (busy(second) - 1.25))));
      const cache = daily((second) => Math.min(0.99, 0.6 * busy(second)));
      const total = (rate: (second: number) => number) => {
        const flow = dailyFlow(rate, weights);
        return (time: number) => Math.floor(flow.total(time));
      };
      const one = (value: (time: number) => number, more: Labels = {}) => [{ labels: { ...labels, ...more }, value }];
      const times = (name: string, help: string, median: number, p99: number, bounds: readonly number[]) =>
        histogram(name, help, [{ labels, of: counted(load, weights, seconds(median * large, p99 * large, version), bounds), decimals: 3 }]);
      const promptTokens = 640;
      const generated = 230;
      const families: MetricFamily[] = [
        gauge('vllm:num_requests_running', 'Number of requests in model execution batches.', one(running)),
        gauge('vllm:num_requests_waiting', 'Number of requests waiting to be processed.', one(waiting)),
        gauge('vllm:kv_cache_usage_perc', 'KV-cache usage. 1 means 100 percent usage.', one(rounded(cache, 4))),
        counter('vllm:num_preemptions_total', 'Cumulative number of preemption from the engine.', one(total((second) => 0.04 * large * Math.max(0, busy(second) - 1.3)))),
        counter('vllm:prompt_tokens_total', 'Number of prefill tokens processed.', one(total((second) => load(second) * promptTokens))),
        counter('vllm:generation_tokens_total', 'Number of generation tokens processed.', one(total((second) => load(second) * generated))),
        counter('vllm:prefix_cache_queries_total', 'Prefix cache queries, in terms of number of queried tokens.', one(total((second) => load(second) * promptTokens))),
        counter('vllm:prefix_cache_hits_total', 'Prefix cache hits, in terms of number of cached tokens.', one(total((second) => load(second) * promptTokens * 0.41))),
        counter('vllm:request_success_total', 'Count of successfully processed requests.', [
          ...one(total((second) => load(second) * 0.93), { finished_reason: 'stop' }),
          ...one(total((second) => load(second) * 0.06), { finished_reason: 'length' }),
          ...one(total((second) => load(second) * 0.01), { finished_reason: 'abort' }),
        ]),
        times('vllm:time_to_first_token_seconds', 'Histogram of time to first token in seconds.', 0.16, 1.1, [0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]),
        times('vllm:request_time_per_output_token_seconds', 'Histogram of time_per_output_token_seconds per request.', 0.011, 0.032, [0.005, 0.01, 0.015, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3]),
        times('vllm:e2e_request_latency_seconds', 'Histogram of end to end request latency in seconds.', 2.6, 11, [0.5, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 60]),
        times('vllm:request_queue_time_seconds', 'Histogram of time spent in WAITING phase for request.', 0.012, 0.6, [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]),
      ];
      return { instance: `${labels.pod}:8080`, families };
    });
  });
  return { job: 'vllm', path: '/metrics/vllm', targets };
}
