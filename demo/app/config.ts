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
  /** Where people's preferences are kept; in their browsers without it. */
  readonly preferences: string | undefined;
}

/** The configuration file; keys are those of lib/config/schema.ts. */
export function appConfig({ appUrl, host, port, issuer, clientId, prometheusUrl, prometheusAudience, auditFile, preferences }: AppAddresses): string {
  return stringify({
    publicUrl: appUrl,
    listen: { host, port },
    identity: { issuer, clientId, providerName: 'the demo provider', bearer: { audiences: [apiAudience] } },
    access: { provider: 'claims', claims: { administrators: [administratorGroup] } },
    datasources: [{ name: 'prometheus', default: true, url: prometheusUrl, credential: { type: 'token-exchange', audience: prometheusAudience } }],
    preferences: { sample: '/observability/project', roles: { 'data-scientist': [scientistGroup], mlops: [mlopsGroup] }, ...(preferences === undefined ? {} : { store: preferences }) },
    audit: { sink: 'file', file: { path: auditFile }, queries: true },
  });
}
