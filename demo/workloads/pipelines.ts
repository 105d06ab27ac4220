/** The pipelines of the demo. Data only; how a pipeline behaves is in pipeline.ts. */
import { pipeline, type PipelineSpec } from './pipeline';
import { at } from './profile';
import { hour, minute, random } from './signal';

const never = () => undefined;

const luck = random('pipelines');

/** The slot of the day at ten, in which `claims-etl` does not fail but hang. */
const slowSlot = 5;

const mebibyte = 2 ** 20;

const specs: readonly PipelineSpec[] = [
  {
    // More than a third of the runs find columns that the upstream system renamed; the run at ten hangs on a lock.
    namespace: 'claims-pipelines',
    name: 'claims-etl',
    everySeconds: 2 * hour,
    firstAt: 0,
    runSeconds: 25 * minute,
    slowSlot,
    steps: [
      { component: 'extract-claims', share: 0.3, cpuCores: 2.2, memoryGiB: 3.1 },
      { component: 'validate-schema', share: 0.1, cpuCores: 0.8, memoryGiB: 1.2 },
      { component: 'build-features', share: 0.45, cpuCores: 5.6, memoryGiB: 14.5 },
      { component: 'publish', share: 0.15, cpuCores: 0.5, memoryGiB: 0.9 },
    ],
    artifacts: [
      { name: 'claims-features', bytes: 2150 * mebibyte },
      { name: 'validation-report', bytes: 1.4 * mebibyte },
    ],
    failsAt: (run) => (run % 12 !== slowSlot && (run % 5 === 1 || run % 5 === 3) ? 'validate-schema' : undefined),
  },
  {
    namespace: 'claims-pipelines',
    name: 'claims-retraining',
    everySeconds: 24 * hour,
    firstAt: at(4),
    runSeconds: 95 * minute,
    steps: [
      { component: 'load-features', share: 0.12, cpuCores: 1.5, memoryGiB: 9.2 },
      { component: 'train', share: 0.7, cpuCores: 11.5, memoryGiB: 26 },
      { component: 'evaluate', share: 0.13, cpuCores: 3.1, memoryGiB: 8.4 },
      { component: 'register-model', share: 0.05, cpuCores: 0.3, memoryGiB: 0.6 },
    ],
    artifacts: [{ name: 'claims-classifier', bytes: 412 * mebibyte }],
    failsAt: never,
  },
  {
    namespace: 'fraud-detection',
    name: 'fraud-features',
    everySeconds: hour,
    firstAt: at(0, 10),
    runSeconds: 11 * minute,
    steps: [
      { component: 'read-transactions', share: 0.35, cpuCores: 3.2, memoryGiB: 6.1 },
      { component: 'aggregate', share: 0.5, cpuCores: 7.4, memoryGiB: 18.2 },
      { component: 'materialize', share: 0.15, cpuCores: 1.1, memoryGiB: 2.2 },
    ],
    artifacts: [{ name: 'transaction-features', bytes: 880 * mebibyte }],
    failsAt: (run) => (luck(run) < 0.02 ? 'aggregate' : undefined),
  },
  {
    namespace: 'vision-lab',
    name: 'image-preprocessing',
    everySeconds: 6 * hour,
    firstAt: at(1),
    runSeconds: 48 * minute,
    steps: [
      { component: 'download', share: 0.25, cpuCores: 1.2, memoryGiB: 2.4 },
      { component: 'resize-and-augment', share: 0.6, cpuCores: 9.8, memoryGiB: 12.1 },
      { component: 'shard', share: 0.15, cpuCores: 2.1, memoryGiB: 4.4 },
    ],
    artifacts: [{ name: 'training-shards', bytes: 61_000 * mebibyte }],
    failsAt: (run) => (luck(run + 7) < 0.06 ? 'download' : undefined),
  },
  {
    namespace: 'churn-analytics',
    name: 'churn-scoring',
    everySeconds: 12 * hour,
    firstAt: at(5, 30),
    runSeconds: 32 * minute,
    steps: [
      { component: 'snapshot-customers', share: 0.4, cpuCores: 2.4, memoryGiB: 5.2 },
      { component: 'score', share: 0.45, cpuCores: 4.1, memoryGiB: 7.7 },
      { component: 'write-back', share: 0.15, cpuCores: 0.7, memoryGiB: 1.1 },
    ],
    artifacts: [{ name: 'churn-scores', bytes: 96 * mebibyte }],
    failsAt: never,
  },
];

export const pipelines = specs.map(pipeline);
