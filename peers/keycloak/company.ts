/** A company that runs the app: its Keycloak with a realm, its metrics backend behind a gate, and the app between them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSupervisor } from '../../demo/processes/supervisor';
import { freePorts } from '../../demo/testing/free-ports';
import { startPrometheus } from '../../lib/query/testing/prometheus';
import { addressOf, startApp } from '../support/app';
import { startCheckingUpstream, type CheckingUpstream } from '../support/checking-upstream';
import { trainingHistory } from '../support/metrics';
import { logsOf, pathOf } from '../support/tools';
import type { KeycloakAdmin } from './admin';
import { apiAudience, appClient, claimsSettings, createRealm, metricsAudience, realmName } from './realm';
import { startKeycloak } from './server';

export interface Company {
  readonly appUrl: string;
  readonly issuer: string;
  readonly admin: KeycloakAdmin;
  /** The gate before the metrics backend. */
  readonly backend: CheckingUpstream;
}

/** Starts everything, runs `use`, and ends everything whatever happened. */
export async function withCompany(use: (company: Company) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'odh-peers-'));
  const supervisor = createSupervisor(await logsOf('keycloak'), new AbortController().signal);
  const stops = [() => supervisor.stop()];
  try {
    const [appPort = 0, keycloakPort = 0] = await freePorts(2);
    const appUrl = addressOf(appPort);
    const [{ url, admin }, prometheus] = await Promise.all([
      startKeycloak({ supervisor, home: pathOf('keycloakHome'), port: keycloakPort }),
      startPrometheus({ history: trainingHistory(Date.now()) }),
    ]);
    stops.push(() => prometheus.stop());
    await createRealm(admin, appUrl);
    const issuer = `${url}/realms/${realmName}`;
    const backend = await startCheckingUpstream({
      target: prometheus.url,
      issuer,
      keysUrl: `${issuer}/protocol/openid-connect/certs`,
      audience: metricsAudience,
    });
    stops.push(() => backend.close());
    await startApp({
      supervisor,
      directory,
      port: appPort,
      clientSecret: appClient.secret,
      config: {
        identity: { issuer, clientId: appClient.id, providerName: 'Keycloak', bearer: { audiences: [apiAudience] } },
        access: { provider: 'claims', claims: claimsSettings },
        datasources: [
          { name: 'prometheus', default: true, url: backend.url, credential: { type: 'token-exchange', audience: metricsAudience } },
          // What a careless administrator might configure.
          { name: 'passed-on', url: backend.url, credential: { type: 'user-token' } },
        ],
      },
    });
    await use({ appUrl, issuer, admin, backend });
  } finally {
    await Promise.allSettled(stops.map((stop) => stop()));
    await rm(directory, { recursive: true, force: true });
  }
}
