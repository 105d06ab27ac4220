/** What stands around the language models: guardrails, evaluations and Llama Stack. Knows no metric name. */
import { between, histogram, type Histogram } from './distribution';
import { servedVersions } from './model-servers';
import type { ModelVersion } from './model-server';
import { at, dailyFlow, during, type Profile } from './profile';
import { hour, jitter, minute, type Signal } from './signal';

export interface Detector {
  readonly kind: string;
  readonly name: string;
  readonly requests: Signal;
  readonly detections: Signal;
  readonly errors: Signal;
  /** Seconds. */
  readonly runtime: Signal;
}

export interface GuardedModel {
  readonly namespace: string;
  readonly model: string;
  readonly decisions: readonly { readonly decision: 'passed' | 'blocked_input' | 'blocked_output'; readonly total: Signal }[];
  readonly addedLatency: Histogram;
}

export interface Evaluation {
  readonly namespace: string;
  readonly model: string;
  readonly version: string;
  readonly task: string;
  readonly metric: string;
  readonly score: Signal;
  readonly durationSeconds: Signal;
  readonly completed: Signal;
  readonly failed: Signal;
}

export interface StackApi {
  readonly api: string;
  readonly model: string;
  readonly succeeded: Signal;
  readonly failed: Signal;
}

export const assistantNamespace = 'chat-assistant';

const assistants = servedVersions.filter(({ server }) => server.namespace === assistantNamespace);

const whole = (rate: Profile, of: ModelVersion): Signal => {
  const { total } = dailyFlow(rate, of.weights);
  return (time) => Math.floor(total(time));
};

/** Everything that people ask, of whichever model. */
const [first] = assistants;
if (first === undefined) throw new Error(`no model is served in ${assistantNamespace}`);
const guarded = first;
const asked: Profile = (second) => assistants.reduce((sum, { load }) => sum + load(second), 0);

/** Somebody tries to break out, every evening. */
const attack = during(at(20), at(20, 35), 2 * minute);

const detectorSpecs = [
  { kind: 'regex', name: 'personal-data', detects: () => 0.031, errors: 0.0001, seconds: 0.003 },
  { kind: 'sequence_classifier', name: 'hate-and-profanity', detects: () => 0.008, errors: 0.0006, seconds: 0.041 },
  { kind: 'sequence_classifier', name: 'prompt-injection', detects: (second: number) => 0.006 + 0.22 * attack(second), errors: 0.0009, seconds: 0.063 },
  { kind: 'llm_judge', name: 'off-topic', detects: () => 0.019, errors: 0.004, seconds: 0.28 },
];

export const detectors: readonly Detector[] = detectorSpecs.map(({ kind, name, detects, errors, seconds }) => {
  const runtime = dailyFlow((second) => asked(second) * seconds * 1.05, guarded.weights);
  return {
    kind,
    name,
    requests: whole(asked, guarded),
    detections: whole((second) => asked(second) * detects(second), guarded),
    errors: whole((second) => asked(second) * errors, guarded),
    runtime: (time) => Math.round(runtime.total(time) * 1000) / 1000,
  };
});

export const guardedModels: readonly GuardedModel[] = assistants.map((version) => {
  const { server, load } = version;
  const input: Profile = (second) => 0.021 + 0.2 * attack(second);
  return {
    namespace: server.namespace,
    model: server.model,
    decisions: [
      { decision: 'passed', total: whole((second) => load(second) * (0.988 - input(second)), version) },
      { decision: 'blocked_input', total: whole((second) => load(second) * input(second), version) },
      { decision: 'blocked_output', total: whole((second) => load(second) * 0.012, version) },
    ],
    addedLatency: histogram(load, version.weights, between(0.33, 0.9), [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2.5]),
  };
});

const tasks = [
  { task: 'arc_easy', metric: 'acc', scores: [0.78, 0.86] },
  { task: 'hellaswag', metric: 'acc_norm', scores: [0.74, 0.82] },
  { task: 'gsm8k', metric: 'exact_match', scores: [0.58, 0.79] },
  { task: 'truthfulqa_mc2', metric: 'acc', scores: [0.54, 0.61] },
];

const evaluated = [
  { namespace: assistantNamespace, model: 'granite-3-8b', version: '3.3', level: 0, gain: 0 },
  { namespace: assistantNamespace, model: 'llama-3-70b', version: '3.3', level: 1, gain: 0 },
  { namespace: 'llm-research', model: 'llama-finetune', version: 'checkpoint', level: 0, gain: 0.04 },
  { namespace: 'llm-research', model: 'mistral-pretrain', version: 'checkpoint', level: 0, gain: -0.05 },
];

/** Every model takes every task once in six hours. */
const evaluationEvery = 6 * hour;

export const evaluations: readonly Evaluation[] = evaluated.flatMap(({ namespace, model, version, level, gain }) =>
  tasks.map(({ task, metric, scores }) => {
    const luck = jitter(`${model}/${task}`);
    const run = (time: number) => Math.floor((time - 40 * minute) / evaluationEvery);
    // One of nine runs of the mathematics task ends early: it needs more memory than it asked for.
    const failed = (time: number) => (task === 'gsm8k' ? Math.floor(run(time) / 9) : 0);
    return {
      namespace,
      model,
      version,
      task,
      metric,
      score: (time) => Math.round(((scores[level] ?? 0) + gain + 0.012 * luck(run(time))) * 1e4) / 1e4,
      durationSeconds: (time) => Math.round((level === 0 ? 780 : 2400) * (1 + 0.1 * luck(run(time) + 5))),
      completed: (time) => run(time) - failed(time),
      failed,
    };
  }),
);

export const stackApis: readonly StackApi[] = assistants.flatMap((version) =>
  [
    { api: 'inference', share: 1, errors: 0.002 },
    { api: 'safety', share: 0.9, errors: 0.001 },
    { api: 'vector_io', share: 0.45, errors: 0.004 },
    { api: 'agents', share: 0.3, errors: 0.009 },
  ].map(({ api, share, errors }) => ({
    api,
    model: version.server.model,
    succeeded: whole((second) => version.load(second) * share * (1 - errors), version),
    failed: whole((second) => version.load(second) * share * errors, version),
  })),
);

/** Seconds, by API, over both models. */
export const stackDurations: readonly { readonly api: string; readonly durations: Histogram }[] = [
  { api: 'inference', median: 3.1, p99: 14, share: 1 },
  { api: 'safety', median: 0.12, p99: 0.5, share: 0.9 },
  { api: 'vector_io', median: 0.05, p99: 0.3, share: 0.45 },
  { api: 'agents', median: 4.6, p99: 22, share: 0.3 },
].map(({ api, median, p99, share }) => ({
  api,
  durations: histogram((second) => asked(second) * share, guarded.weights, between(median, p99), [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40]),
}));

/** Tokens by model: what a prompt and an answer have on average. */
export const stackTokens = assistants.map((version) => ({
  model: version.server.model,
  prompt: whole((second) => version.load(second) * 610, version),
  completion: whole((second) => version.load(second) * 225, version),
}));
