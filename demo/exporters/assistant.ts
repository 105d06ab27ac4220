/** Guardrails, evaluations and Llama Stack, as TrustyAI's detectors, the platform and Llama Stack report them. */
import { assistantNamespace as namespace, detectors, evaluations, guardedModels, stackApis, stackDurations, stackTokens, type Detector, type Evaluation } from '../workloads/assistant';
import type { Signal } from '../workloads/signal';
import { counter, gauge, histogram, slowly, type Exporter, type MetricFamily } from './exposition';

function guardrailFamilies(): MetricFamily[] {
  const per = (signal: (detector: Detector) => Signal) => detectors.map((one) => ({ labels: { namespace, detector_kind: one.kind, detector_name: one.name }, value: signal(one) }));
  return [
    counter('trustyai_guardrails_requests_total', 'Number of requests per detector function', per(({ requests }) => requests)),
    counter('trustyai_guardrails_detections_total', 'Number of detections per detector function', per(({ detections }) => detections)),
    counter('trustyai_guardrails_errors_total', 'Number of errors per detector function', per(({ errors }) => errors)),
    counter('trustyai_guardrails_runtime_total', 'Total runtime of a detector function', per(({ runtime }) => runtime)),
    counter(
      'odh_guardrails_requests_total',
      'Chat requests by what the guardrails decided.',
      guardedModels.flatMap(({ model, decisions }) => decisions.map(({ decision, total }) => ({ labels: { namespace, model, decision }, value: total }))),
    ),
    histogram('odh_guardrails_added_latency_seconds', 'What guardrails add to a request.', guardedModels.map(({ model, addedLatency }) => ({ labels: { namespace, model }, of: addedLatency, decimals: 3 }))),
  ];
}

function evaluationFamilies(): MetricFamily[] {
  const task = (one: Evaluation) => ({ namespace: one.namespace, model: one.model, task: one.task });
  return [
    counter(
      'odh_eval_runs_total',
      'Evaluation runs by status.',
      evaluations.flatMap((one) => [
        { labels: { ...task(one), status: 'Complete' }, value: one.completed },
        { labels: { ...task(one), status: 'Failed' }, value: one.failed },
      ]),
    ),
    gauge('odh_eval_score', 'Score of the last run.', evaluations.map((one) => ({ labels: { ...task(one), version: one.version, metric: one.metric }, value: one.score }))),
    gauge('odh_eval_run_duration_seconds', 'Duration of the last run.', evaluations.map((one) => ({ labels: task(one), value: one.durationSeconds }))),
  ];
}

function stackFamilies(): MetricFamily[] {
  const model = (name: string) => ({ namespace, model_id: name, provider_id: 'vllm-inference' });
  return [
    counter(
      'llama_stack_requests_total',
      'Requests by API.',
      stackApis.flatMap(({ api, model: name, succeeded, failed }) => [
        { labels: { ...model(name), api, status: 'success' }, value: succeeded },
        { labels: { ...model(name), api, status: 'error' }, value: failed },
      ]),
    ),
    histogram('llama_stack_request_duration_seconds', 'Time to answer.', stackDurations.map(({ api, durations }) => ({ labels: { namespace, api }, of: durations, decimals: 3 }))),
    counter('llama_stack_prompt_tokens_total', 'Tokens in prompts.', stackTokens.map(({ model: name, prompt }) => ({ labels: model(name), value: prompt }))),
    counter('llama_stack_completion_tokens_total', 'Tokens generated.', stackTokens.map(({ model: name, completion }) => ({ labels: model(name), value: completion }))),
  ];
}

export function assistantExporter(): Exporter {
  return {
    job: 'assistant',
    path: '/metrics/assistant',
    targets: [
      { instance: 'guardrails-orchestrator:8033', families: guardrailFamilies() },
      { instance: 'lm-eval-service:8080', families: slowly(evaluationFamilies()) },
      { instance: 'llama-stack:8321', families: stackFamilies() },
    ],
  };
}
