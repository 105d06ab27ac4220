/** Every exporter of the demo, over the workloads of its cluster. */
import { cpuPods, nodes, trainingJobs } from '../workloads/cluster';
import { cadvisorExporter } from './cadvisor';
import { dcgmExporter } from './dcgm';
import type { Exporter } from './exposition';
import { trainingExporter } from './training';

export const exporters: readonly Exporter[] = [
  trainingExporter(trainingJobs),
  dcgmExporter(nodes, trainingJobs),
  cadvisorExporter(nodes, trainingJobs, cpuPods),
];
