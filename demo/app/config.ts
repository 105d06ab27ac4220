/** The app's configuration in the demo, as an administrator would write it. */
import { stringify } from 'yaml';
import { administratorGroup } from '../users';

export interface AppAddresses {
  readonly appUrl: string;
  readonly host: string;
  readonly port: number;
  readonly issuer: string;
  readonly clientId: string;
  readonly prometheusUrl: string;
}

/** The configuration file; keys are those of lib/config/schema.ts. */
export function appConfig({ appUrl, host, port, issuer, clientId, prometheusUrl }: AppAddresses): string {
  return stringify({
    publicUrl: appUrl,
    listen: { host, port },
    identity: { issuer, clientId, providerName: 'the demo provider' },
    access: { provider: 'claims', claims: { administrators: [administratorGroup] } },
    datasources: [{ name: 'prometheus', default: true, url: prometheusUrl }],
  });
}
