/** The metrics that training jobs report about themselves: `odh_training_*`, from the first worker of each job. */
import { rounded, type Signal } from '../workloads/signal';
import type { TrainingJob } from '../workloads/training-job';
import { counter, gauge, slowly, type Exporter, type MetricFamily } from './exposition';

function perJob(jobs: readonly TrainingJob[], name: string, help: string, signal: (job: TrainingJob) => Signal): MetricFamily {
  return gauge(
    name,
    help,
    jobs.map((job) => ({
      labels: { namespace: job.spec.namespace, pod: `${job.spec.name}-worker-0`, job_name: job.spec.name },
      value: signal(job),
    })),
  );
}

export function trainingExporter(jobs: readonly TrainingJob[]): Exporter {
  const of = (name: string, help: string, signal: (job: TrainingJob) => Signal) => perJob(jobs, name, help, signal);
  const families = [
    of('odh_training_loss', 'Training loss of the last step.', (job) => rounded(job.loss, 4)),
    of('odh_training_throughput', 'Samples trained on per second, over all workers.', (job) => rounded(job.throughput, 1)),
    of('odh_training_epoch_duration_seconds', 'Duration of the last complete epoch in seconds.', (job) => rounded(job.epochDuration, 1)),
    of('odh_training_dataloader_queue_depth', 'Batches that are loaded and wait for the GPUs.', (job) => job.queueDepth),
    of('odh_training_dataloader_throughput', 'Samples that the data loader could deliver per second.', (job) => rounded(job.loaderThroughput, 1)),
    of('odh_training_dataloader_wait_ratio', 'Share of a step in which the GPUs wait for data.', (job) => rounded(job.loaderWait, 4)),
    ...slowly([
      of('odh_training_progress_ratio', 'Share of the epochs of the run that are done.', (job) => rounded((time) => (job.epoch(time) - 1) / job.spec.epochsPerRun, 4)),
      of('odh_training_epoch', 'The epoch that is running.', (job) => job.epoch),
      of('odh_training_epochs_planned', 'Epochs that the run will have.', (job) => () => job.spec.epochsPerRun),
      of('odh_training_run_start_timestamp_seconds', 'When the run began.', (job) => rounded(job.runStart)),
      of('odh_training_estimated_end_timestamp_seconds', 'When the run will end at the present pace.', (job) => rounded(job.estimatedEnd)),
      of('odh_training_gpus', 'GPUs that the job trains on.', (job) => () => job.gpus),
      of('odh_training_single_gpu_throughput', 'Samples per second of the same training on one GPU.', (job) => () => job.singleGpuThroughput),
      counter(
        'odh_training_spot_interruptions_total',
        'Times that a worker was ended because its spot node was taken back.',
        jobs.map((job) => ({ labels: { namespace: job.spec.namespace, job_name: job.spec.name }, value: job.interruptions })),
      ),
    ]),
  ];
  return { job: 'training-jobs', path: '/metrics/training', targets: [{ instance: 'training-jobs:8080', families }] };
}
