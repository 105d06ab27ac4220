/** What the host is configured with: the entries of ODH Dashboard's `federation-config`, and where it stands itself. */

interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
}

interface Proxied {
  readonly authorize: boolean;
  readonly tls: boolean;
  readonly service: Service;
}

export interface FederatedModule {
  readonly name: string;
  readonly backend: Proxied & { readonly remoteEntry: string };
  readonly proxyService: readonly (Proxied & { readonly path: string; readonly pathRewrite: string })[];
}

/** A page that an administrator has made of what modules expose. */
export interface ModulePage {
  readonly path: string;
  readonly title: string;
  /** Each with a name of its own, the module as `<remote>/<name>`, and what it is given. */
  readonly parts: readonly { readonly id: string; readonly module: string; readonly props: Readonly<Record<string, unknown>> }[];
}

export interface HostSettings {
  readonly port: number;
  readonly issuer: string;
  readonly clientId: string;
  readonly modules: readonly FederatedModule[];
  readonly pages: readonly ModulePage[];
  readonly mode: 'development' | 'production';
}

/** Address of a service. In a cluster its name and namespace are a host name; here every service is on this machine. */
export function serviceOrigin({ tls, service }: Proxied): string {
  return `${tls ? 'https' : 'http'}://127.0.0.1:${service.port}`;
}
