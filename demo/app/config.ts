/** The app's configuration in the demo, as an administrator would write it. */
import { stringify } from 'yaml';
import { apiAudience } from '../oidc/settings';
import { administratorGroup, mlopsGroup, scientistGroup } from '../users';

export interface AppAddresses {
  readonly appUrl: string;
  readonly host: string;
  readonly port: number;
  readonly issuer: string;
  readonly clientId: string;
  /** Where Prometheus's door is, and the audience of the tokens that open it. */
  readonly prometheusUrl: string;
  readonly prometheusAudience: string;
  /** Where audit records go. */
  readonly auditFile: string;
  /** Where is kept what people prefer, make and set; without it preferences stay in browsers, and no dashboard is changed. */
  readonly kept: { readonly preferences: string; readonly dashboards: string; readonly settings: string } | undefined;
}

/** The configuration file; keys are those of lib/config/schema.ts. */
export function appConfig({ appUrl, host, port, issuer, clientId, prometheusUrl, prometheusAudience, auditFile, kept }: AppAddresses): string {
  return stringify({
    publicUrl: appUrl,
    listen: { host, port },
    identity: { issuer, clientId, providerName: 'the demo provider', bearer: { audiences: [apiAudience] } },
    access: { provider: 'claims', claims: { administrators: [administratorGroup], ...(kept === undefined ? {} : { projectAdministrators: { [mlopsGroup]: ['fraud-detection'] } }) } },
    datasources: [{ name: 'prometheus', default: true, url: prometheusUrl, credential: { type: 'token-exchange', audience: prometheusAudience } }],
    preferences: { sample: '/observability/project', roles: { 'data-scientist': [scientistGroup], mlops: [mlopsGroup] }, ...(kept === undefined ? {} : { store: kept.preferences }) },
    ...(kept === undefined ? {} : { dashboards: { own: kept.dashboards, settings: kept.settings } }),
    audit: { sink: 'file', file: { path: auditFile }, queries: true },
  });
}
