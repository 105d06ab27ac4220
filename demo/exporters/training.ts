/** The metrics that training jobs report about themselves: `odh_training_*`, from the first worker of each job. */
import { rounded, type Signal } from '../workloads/signal';
import type { TrainingJob } from '../workloads/training-job';
import type { Exporter, MetricFamily } from './exposition';
import { podName } from './pods';

function perJob(jobs: readonly TrainingJob[], name: string, help: string, signal: (job: TrainingJob) => Signal): MetricFamily {
  return {
    name,
    type: 'gauge',
    help,
    series: jobs.map((job) => ({
      labels: { namespace: job.spec.namespace, pod: podName(job.spec.name, 0), job_name: job.spec.name },
      value: signal(job),
    })),
  };
}

export function trainingExporter(jobs: readonly TrainingJob[]): Exporter {
  return {
    job: 'training-jobs',
    path: '/metrics/training',
    targets: [
      {
        instance: 'training-jobs:8080',
        families: [
          perJob(jobs, 'odh_training_loss', 'Training loss of the last step.', (job) => rounded(job.loss, 4)),
          perJob(jobs, 'odh_training_throughput', 'Samples trained on per second, over all workers.', (job) => rounded(job.throughput, 1)),
          perJob(jobs, 'odh_training_epoch_duration_seconds', 'Duration of the last complete epoch in seconds.', (job) => rounded(job.epochDuration, 1)),
          perJob(jobs, 'odh_training_dataloader_queue_depth', 'Batches that are loaded and wait for the GPUs.', (job) => job.queueDepth),
        ],
      },
    ],
  };
}
