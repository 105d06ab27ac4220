/** Every exporter of the demo, over the workloads of its cluster. */
import { nodes, pods, projects, volumes } from '../workloads/cluster';
import { featureViews } from '../workloads/feature-store';
import { watchedModels } from '../workloads/model-quality';
import { servedVersions as versions } from '../workloads/model-servers';
import { notebooks } from '../workloads/notebooks';
import { pipelines } from '../workloads/pipelines';
import { trainingJobs } from '../workloads/training-jobs';
import { assistantExporter } from './assistant';
import { cadvisorExporter } from './cadvisor';
import { dcgmExporter } from './dcgm';
import type { Exporter } from './exposition';
import { kubeStateExporter } from './kube-state';
import { monitoringExporter } from './monitoring';
import { nodeExporter } from './node';
import { notebookExporter } from './notebooks';
import { opencostExporter } from './opencost';
import { pipelineExporter } from './pipelines';
import { feastExporter, qualityExporter } from './quality';
import { servingExporter, vllmExporter } from './serving';
import { trainingExporter } from './training';

export const exporters: readonly Exporter[] = [
  trainingExporter(trainingJobs),
  dcgmExporter(nodes),
  cadvisorExporter(nodes, pods, volumes),
  kubeStateExporter({ nodes, pods, volumes, versions, projects }),
  nodeExporter(nodes, pods),
  servingExporter(versions),
  vllmExporter(versions),
  pipelineExporter(pipelines),
  notebookExporter(notebooks),
  qualityExporter(watchedModels),
  feastExporter(featureViews),
  assistantExporter(),
  opencostExporter(nodes, pods, volumes),
  monitoringExporter(),
];
