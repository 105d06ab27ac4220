/** What every test with Kubernetes starts from: the cluster, and the app that asks it, started once. */
import { expect, test as base, type APIRequestContext, type APIResponse } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSupervisor } from '../../demo/processes/supervisor';
import { freePorts } from '../../demo/testing/free-ports';
import { createLink, type Link } from '../../e2e/support/link';
import { client, startProvider } from '../../lib/identity/testing/provider';
import { startPrometheus } from '../../lib/query/testing/prometheus';
import { addressOf, startApp } from '../support/app';
import { forWorker } from '../support/for-worker';
import { trainingHistory } from '../support/metrics';
import { logsOf, whyMissing } from '../support/tools';
import { accountToken, platformProject, setUpCluster } from './cluster';
import { startControlPlane, type ControlPlane } from './control-plane';

interface Site {
  readonly appUrl: string;
  readonly cluster: ControlPlane;
  /** Between the app and Kubernetes, for tests to cut. */
  readonly link: Link;
}

/** Starts everything, runs `use`, and ends everything whatever happened. */
async function withSite(use: (site: Site) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'odh-peers-'));
  const supervisor = createSupervisor(await logsOf('kubernetes'), new AbortController().signal);
  const stops = [() => supervisor.stop()];
  try {
    const [port = 0, linkPort = 0] = await freePorts(2);
    const appUrl = addressOf(port);
    const cluster = await startControlPlane({ supervisor, directory });
    stops.push(() => cluster.stop());
    await setUpCluster(cluster);
    const link = createLink(linkPort, cluster.url);
    await link.mend();
    stops.push(() => link.cut());
    // As Kubernetes gives it to a pod.
    const tokenFile = join(directory, 'token');
    await writeFile(tokenFile, await accountToken(cluster), { mode: 0o600 });
    const prometheus = await startPrometheus({ history: trainingHistory(Date.now()) });
    stops.push(() => prometheus.stop());
    // Nobody signs in here, but the app wants to know where they would.
    const provider = await startProvider({ publicUrl: appUrl, accessTokenSeconds: 300, claimsInIdToken: true });
    stops.push(() => provider.close());
    await startApp({
      supervisor,
      directory,
      port,
      clientSecret: client.secret,
      config: {
        identity: { issuer: provider.issuer, clientId: client.id },
        kubernetes: { url: cluster.url.replace(new URL(cluster.url).port, String(linkPort)), caFile: cluster.caFile, tokenFile },
        access: { provider: 'kubernetes' },
        platformProject,
        dashboards: { kubernetes: {} },
        datasources: [{ name: 'prometheus', default: true, url: prometheus.url }],
      },
    });
    await use({ appUrl, cluster, link });
  } finally {
    await Promise.allSettled(stops.map((stop) => stop()));
    await rm(directory, { recursive: true, force: true });
  }
}

const startTimeout = 300_000;

export const test = base.extend<object, { site: Site; cluster: ControlPlane; link: Link }>({
  site: forWorker(withSite, startTimeout),
  cluster: [async ({ site }, use) => use(site.cluster), { scope: 'worker' }],
  link: [async ({ site }, use) => use(site.link), { scope: 'worker' }],
  baseURL: async ({ site }, use) => use(site.appUrl),
});

const missing = whyMissing('kubeApiserver') ?? whyMissing('etcd') ?? whyMissing('helm');
test.skip(missing !== undefined, missing);

export { expect };

export const query = '/api/proxy/globaldatasources/prometheus/api/v1/query?query=odh_training_loss';

/** The app's answer to a query whose caller has only an opaque token. */
export function ask(request: APIRequestContext, token: string): Promise<APIResponse> {
  return request.get(query, { headers: { authorization: `Bearer ${token}` } });
}
