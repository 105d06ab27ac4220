/** The app with a Prometheus and an OIDC provider, where the tests of a peer need no more of these than that they are there. */
import { SignJWT } from 'jose';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSupervisor, type Supervisor } from '../../demo/processes/supervisor';
import { freePorts } from '../../demo/testing/free-ports';
import { client, startProvider } from '../../lib/identity/testing/provider';
import { startPrometheus } from '../../lib/query/testing/prometheus';
import { addressOf, startApp } from './app';
import { trainingHistory } from './metrics';
import { logsOf } from './tools';

export interface AppSite {
  readonly url: string;
  /** Removed afterwards. */
  readonly directory: string;
  readonly issuer: string;
  /** Claims of those who may sign in, by subject. */
  readonly users: Map<string, Readonly<Record<string, unknown>>>;
  /** Group `admins`: administrators; `leads`: project administrators of fraud-detection. */
  readonly tokenOf: (person: string, claims: Readonly<Record<string, unknown>>) => Promise<string>;
}

export interface SiteOptions {
  /** Of the folder for logs. */
  readonly name: string;
  /** What Prometheus has, in OpenMetrics text; a training job in each of some projects when it is not said. */
  readonly history?: string;
  /** Starts what the app needs beside, and says what its configuration has beside. */
  readonly config: (site: { readonly directory: string; readonly supervisor: Supervisor }) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
}

const audience = 'observability-api';

/** Starts everything, runs `use`, and ends everything whatever happened. */
export async function withSite({ name, history = trainingHistory(Date.now()), config }: SiteOptions, use: (site: AppSite) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), `odh-${name}-`));
  const supervisor = createSupervisor(await logsOf(name), new AbortController().signal);
  const stops = [() => supervisor.stop()];
  try {
    const [port = 0] = await freePorts(1);
    const url = addressOf(port);
    const prometheus = await startPrometheus({ history });
    stops.push(() => prometheus.stop());
    const provider = await startProvider({ publicUrl: url, accessTokenSeconds: 300, claimsInIdToken: true });
    stops.push(() => provider.close());
    await startApp({
      supervisor,
      directory,
      port,
      clientSecret: client.secret,
      config: {
        identity: { issuer: provider.issuer, clientId: client.id, bearer: { audiences: [audience] } },
        access: { provider: 'claims', claims: { administrators: ['admins'], projectAdministrators: { leads: ['fraud-detection'] } } },
        datasources: [{ name: 'prometheus', default: true, url: prometheus.url }],
        ...(await config({ directory, supervisor })),
      },
    });
    const { kid, privateKey } = provider.signingKey();
    await use({
      url,
      directory,
      issuer: provider.issuer,
      users: provider.users,
      tokenOf: (person, claims) =>
        new SignJWT({ ...claims, name: person }).setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' }).setIssuer(provider.issuer).setAudience(audience).setSubject(person).setIssuedAt().setExpirationTime('5m').sign(privateKey),
    });
  } finally {
    await Promise.allSettled(stops.map((stop) => stop()));
    await rm(directory, { recursive: true, force: true });
  }
}
