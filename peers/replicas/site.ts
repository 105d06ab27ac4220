/** Two replicas behind nginx, with a provider, a Prometheus, and people who may see one project. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../demo/testing/free-ports';
import { signedToken } from '../../lib/identity/testing/forge';
import { client, startProvider, type TestProvider } from '../../lib/identity/testing/provider';
import { startPrometheus } from '../../lib/query/testing/prometheus';
import { addressOf } from '../support/app';
import { trainingHistory } from '../support/metrics';
import { pathOf } from '../support/tools';
import { startReplica, startRouter, type Replica, type Router } from './replica';

export interface Site {
  readonly router: Router;
  readonly provider: TestProvider;
  /** Access tokens of people who may see fraud-detection only. */
  readonly tokens: readonly string[];
  /** Those that run. */
  readonly replicas: Replica[];
  readonly start: (port: number) => Promise<Replica>;
}

export interface SiteOptions {
  /** What the configuration has beside. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

const audience = 'observability-api';

export async function withReplicas({ config: beside, secrets: others }: SiteOptions, use: (site: Site) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'odh-replicas-'));
  const replicas: Replica[] = [];
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const [routerPort = 0, ...ports] = await freePorts(3);
    const publicUrl = addressOf(routerPort);
    const prometheus = await startPrometheus({ history: trainingHistory(Date.now()) });
    stops.push(() => prometheus.stop());
    const provider = await startProvider({ publicUrl, accessTokenSeconds: 300, claimsInIdToken: true });
    stops.push(() => provider.close());
    const config = {
      publicUrl,
      identity: { issuer: provider.issuer, clientId: client.id, bearer: { audiences: [audience] } },
      access: { provider: 'claims' },
      datasources: [{ name: 'prometheus', default: true, url: prometheus.url }],
      ...beside,
    };
    const secrets = { OBSERVABILITY_SESSION_SECRET: randomBytes(32).toString('base64url'), OBSERVABILITY_CLIENT_SECRET: client.secret, ...others };
    const start = (port: number) => startReplica({ port, directory, config, secrets });
    for (const port of ports) replicas.push(await start(port));
    stops.push(() => Promise.all(replicas.map((replica) => replica.end('SIGTERM'))));
    const router = await startRouter({ program: pathOf('nginx'), directory, port: routerPort }, replicas);
    stops.push(router.stop);
    const { kid, privateKey } = provider.signingKey();
    const now = Math.floor(Date.now() / 1000);
    const tokens = Array.from({ length: 20 }, (_, index) =>
      signedToken({ alg: 'RS256', kid, typ: 'at+jwt' }, { iss: provider.issuer, aud: audience, sub: `person-${index}`, projects: ['fraud-detection'], iat: now, exp: now + 3600 }, privateKey),
    );
    await use({ router, provider, tokens, replicas, start });
  } finally {
    for (const stop of stops.reverse()) await stop();
    await rm(directory, { recursive: true, force: true });
  }
}
