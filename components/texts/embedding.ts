/** What a host shows of this app in its own menus, tabs and pages. Small, since every page of the host loads it. */
import type { DashboardSubject } from '../../lib/contracts/links';

const subjects: Readonly<Record<DashboardSubject['kind'], string>> = {
  model: 'model',
  'training-job': 'training job',
  'pipeline-run': 'pipeline run',
  notebook: 'notebook',
  project: 'project',
  node: 'node',
};

export const embedding = {
  navigation: 'Workload dashboards',
  summary: 'Activity and health',
  metrics: 'Metrics',
  viewMetrics: 'View metrics',
  /** Goes on after `viewMetrics`, for those who hear a list of such links. */
  viewMetricsOf: (kind: DashboardSubject['kind'], name: string) => `of ${subjects[kind]} ${name}`,
};
