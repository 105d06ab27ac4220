/** How a host is configured for this app: the entry that administrators are given, with this machine's addresses. */
import { readFileSync } from 'node:fs';
import type { FederatedModule, HostSettings, ModulePage } from '../host/server/settings';

// The documented entry; the tests fail where it is not of this shape.
const documented = JSON.parse(readFileSync('helm/federation-config.json', 'utf8')) as FederatedModule[];

/** A page that an administrator of the host has laid out: two views of one dashboard, and a summary. */
export const sideBySide: ModulePage = {
  path: '/side-by-side',
  title: 'Side by side',
  parts: [
    { id: 'left', module: 'odhObservability/DashboardViewer', props: { project: 'opendatahub', dashboard: 'model-training', chrome: 'compact', variables: { namespace: 'llm-research', job: 'llama-finetune' }, timeRange: { start: '1h' } } },
    { id: 'right', module: 'odhObservability/DashboardViewer', props: { project: 'opendatahub', dashboard: 'model-training', chrome: 'none', variables: { namespace: 'llm-research', job: 'mistral-pretrain' }, timeRange: { start: '6h' } } },
    { id: 'summary', module: 'odhObservability/SummaryPanel', props: { namespace: 'vision-lab' } },
  ],
};

/** @param servicePort where the app is, or what stands before it */
export function hostSettings({ port, servicePort, issuer, mode }: Pick<HostSettings, 'port' | 'issuer' | 'mode'> & { readonly servicePort: number }): HostSettings {
  const here = <Entry extends FederatedModule['backend'] | FederatedModule['proxyService'][number]>(entry: Entry): Entry => ({
    ...entry,
    tls: false,
    service: { ...entry.service, port: servicePort },
  });
  const modules = documented.map((module) => ({ ...module, backend: here(module.backend), proxyService: module.proxyService.map(here) }));
  return { port, issuer, clientId: 'odh-dashboard', modules, pages: [sideBySide], mode };
}
