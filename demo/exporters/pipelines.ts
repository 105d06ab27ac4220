/** Pipelines as the workflow controllers of their projects and the platform see them. */
import type { Pipeline } from '../workloads/pipeline';
import { day, type Signal } from '../workloads/signal';
import { counter, gauge, slowly, type Exporter, type Labels, type MetricFamily, type Series } from './exposition';

const sum = (signals: readonly Signal[]): Signal => (time) => signals.reduce((total, signal) => total + signal(time), 0);

/** Workflows of the last day are kept. */
const keptFor = day;

function argoFamilies(pipelines: readonly Pipeline[]): MetricFamily[] {
  const namespaces = [...new Set(pipelines.map(({ spec }) => spec.namespace))];
  const of = (rows: (own: readonly Pipeline[]) => readonly (readonly [Labels, Signal])[]): Series[] =>
    namespaces.flatMap((namespace) => rows(pipelines.filter(({ spec }) => spec.namespace === namespace)).map(([labels, value]) => ({ labels: { namespace, ...labels }, value })));
  const kept = (total: Signal): Signal => (time) => total(time) - total(time - keptFor);
  const all = (own: readonly Pipeline[], signal: (pipeline: Pipeline) => Signal) => sum(own.map(signal));
  return [
    gauge(
      'argo_workflows_gauge',
      'A gauge of the number of workflows currently in the cluster in each phase',
      of((own) => [
        [{ phase: 'Pending' }, () => 0],
        [{ phase: 'Running' }, all(own, ({ running }) => running)],
        [{ phase: 'Succeeded' }, kept(all(own, ({ succeeded }) => succeeded))],
        [{ phase: 'Failed' }, kept(all(own, ({ failed }) => failed))],
        [{ phase: 'Error' }, () => 0],
      ]),
    ),
    counter(
      'argo_workflows_total_count',
      'Total number of workflows that have entered each phase',
      of((own) => [
        [{ phase: 'Running' }, all(own, ({ started }) => started)],
        [{ phase: 'Succeeded' }, all(own, ({ succeeded }) => succeeded)],
        [{ phase: 'Failed' }, all(own, ({ failed }) => failed)],
      ]),
    ),
    gauge('argo_workflows_queue_depth_gauge', 'Depth of the queue', of((own) => [[{ queue_name: 'workflow_queue' }, all(own, ({ running }) => running)]])),
  ];
}

function platformFamilies(pipelines: readonly Pipeline[]): MetricFamily[] {
  const labelsOf = ({ spec }: Pipeline): Labels => ({ namespace: spec.namespace, pipeline: spec.name });
  const per = (rows: (pipeline: Pipeline) => readonly (readonly [Labels, Signal, string?])[]): Series[] =>
    pipelines.flatMap((one) => rows(one).map(([labels, value, suffix]) => ({ labels: { ...labelsOf(one), ...labels }, value, ...(suffix === undefined ? {} : { suffix }) })));
  return [
    counter('odh_pipeline_runs_total', 'Finished runs by status.', per(({ succeeded, failed }) => [[{ status: 'Succeeded' }, succeeded], [{ status: 'Failed' }, failed]])),
    {
      name: 'odh_pipeline_run_duration_seconds',
      type: 'histogram',
      help: 'Duration of finished runs.',
      series: per(({ durations }) => [
        ...durations.buckets.map(({ bound, total }): [Labels, Signal, string] => [{ le: String(bound) }, total, '_bucket']),
        [{ le: '+Inf' }, durations.count, '_bucket'],
        [{}, durations.sum, '_sum'],
        [{}, durations.count, '_count'],
      ]),
    },
    gauge('odh_pipeline_run_elapsed_seconds', 'How long a run has been running.', per(({ slots }) => slots.map(({ run, elapsed }): [Labels, Signal] => [{ run }, elapsed]))),
    gauge('odh_pipeline_run_expected_seconds', 'How long runs of the pipeline usually take.', per(({ spec }) => [[{}, () => spec.runSeconds]])),
    gauge('odh_pipeline_last_run_timestamp_seconds', 'When the last run finished.', per(({ lastEnd }) => [[{}, lastEnd]])),
    gauge(
      'odh_pipeline_step_duration_seconds',
      'Duration of a step in the last run that reached it.',
      per(({ steps }) => steps.map(({ spec, duration }): [Labels, Signal] => [{ component: spec.component }, duration])),
    ),
    counter(
      'odh_pipeline_step_runs_total',
      'Finished steps by status.',
      per(({ steps }) => steps.flatMap(({ spec, succeeded, failed }): [Labels, Signal][] => [[{ component: spec.component, status: 'Succeeded' }, succeeded], [{ component: spec.component, status: 'Failed' }, failed]])),
    ),
    counter('odh_pipeline_step_cpu_seconds_total', 'CPU time of the pods of a step.', per(({ steps }) => steps.map(({ spec, cpuSeconds }): [Labels, Signal] => [{ component: spec.component }, cpuSeconds]))),
    gauge('odh_pipeline_step_memory_bytes', 'Most memory of a step in the last run that reached it.', per(({ steps }) => steps.map(({ spec, memoryBytes }): [Labels, Signal] => [{ component: spec.component }, memoryBytes]))),
    gauge('odh_pipeline_artifact_bytes', 'Size of an artifact of the last run.', per(({ artifacts }) => artifacts.map(({ name, bytes }): [Labels, Signal] => [{ artifact: name }, bytes]))),
  ];
}

export function pipelineExporter(pipelines: readonly Pipeline[]): Exporter {
  return {
    job: 'workflow-controllers',
    path: '/metrics/pipelines',
    targets: [{ instance: 'workflow-controllers:9090', families: slowly([...argoFamilies(pipelines), ...platformFamilies(pipelines)]) }],
  };
}
