/**
 * `odhObservability/extensions`: what ODH Dashboard shows of us, and where. Read when the dashboard starts, so nothing is
 * in here but names; each component fetches its code when it is first shown, and says so itself when that fails.
 */
import type { ComponentType } from 'react';
import { deferred } from '../../components/feedback/deferred';
import { embedding } from '../../components/texts/embedding';
import { catalogPath } from '../../lib/contracts/links';

interface Extension {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A code reference as the host resolves it. Always fulfilled: a failure is ours to show, in our place on the page. */
const shows = (load: () => Promise<{ readonly default: ComponentType }>) => {
  const component = { default: deferred(load) };
  return () => Promise.resolve(component);
};

const extensions: readonly Extension[] = [
  {
    type: 'app.navigation/href',
    properties: { id: 'odh-observability', title: embedding.navigation, href: catalogPath, path: `${catalogPath}/*`, section: 'observe-and-monitor' },
  },
  { type: 'app.route', properties: { path: `${catalogPath}/*`, component: shows(() => import('../modules/Pages')) } },
  {
    type: 'app.project-details/overview-section',
    properties: { id: 'odh-observability-summary', title: embedding.summary, component: shows(() => import('../modules/ProjectSection')) },
  },
  {
    type: 'app.project-details/tab',
    properties: { id: 'odh-observability', title: embedding.metrics, component: shows(() => import('../modules/ProjectTab')) },
  },
  {
    type: 'core.detail/tab',
    // The page that lists model deployments.
    properties: { id: 'odh-observability', title: embedding.metrics, group: 'model-serving.global-deployments', component: shows(() => import('../modules/DeploymentsTab')) },
  },
];

export default extensions;
