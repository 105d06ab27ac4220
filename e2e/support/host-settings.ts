/** How a host is configured for this app: the entry that administrators are given, with this machine's addresses. */
import { readFileSync } from 'node:fs';
import type { FederatedModule, HostSettings } from '../host/server/settings';

// The documented entry; the tests fail where it is not of this shape.
const documented = JSON.parse(readFileSync('helm/federation-config.json', 'utf8')) as FederatedModule[];

/** @param servicePort where the app is, or what stands before it */
export function hostSettings({ port, servicePort, issuer, mode }: Pick<HostSettings, 'port' | 'issuer' | 'mode'> & { readonly servicePort: number }): HostSettings {
  const here = <Entry extends FederatedModule['backend'] | FederatedModule['proxyService'][number]>(entry: Entry): Entry => ({
    ...entry,
    tls: false,
    service: { ...entry.service, port: servicePort },
  });
  const modules = documented.map((module) => ({ ...module, backend: here(module.backend), proxyService: module.proxyService.map(here) }));
  return { port, issuer, clientId: 'odh-dashboard', modules, mode };
}
