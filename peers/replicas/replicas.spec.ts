/** Two replicas behind nginx: neither a new version nor a lost one is noticed by those who look at their dashboards. */
import { expect, test as base } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../demo/testing/free-ports';
import { signedToken } from '../../lib/identity/testing/forge';
import { client, startProvider } from '../../lib/identity/testing/provider';
import { startPrometheus } from '../../lib/query/testing/prometheus';
import { addressOf } from '../support/app';
import { forWorker } from '../support/for-worker';
import { trainingHistory } from '../support/metrics';
import { pathOf, whyMissing } from '../support/tools';
import { startLoad, type Load } from './load';
import { startReplica, startRouter, type Replica, type Router } from './replica';

interface Site {
  readonly router: Router;
  /** Access tokens of people who may see fraud-detection only. */
  readonly tokens: readonly string[];
  /** Those that run. */
  readonly replicas: Replica[];
  readonly start: (port: number) => Promise<Replica>;
}

const audience = 'observability-api';

async function withReplicas(use: (site: Site) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'odh-replicas-'));
  const replicas: Replica[] = [];
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const [routerPort = 0, ...ports] = await freePorts(3);
    const publicUrl = addressOf(routerPort);
    const prometheus = await startPrometheus({ history: trainingHistory(Date.now()) });
    stops.push(() => prometheus.stop());
    const provider = await startProvider({ publicUrl, accessTokenSeconds: 300, claimsInIdToken: true, audience });
    stops.push(() => provider.close());
    const config = {
      publicUrl,
      identity: { issuer: provider.issuer, clientId: client.id, bearer: { audiences: [audience] } },
      access: { provider: 'claims' },
      datasources: [{ name: 'prometheus', default: true, url: prometheus.url }],
    };
    const secrets = { OBSERVABILITY_SESSION_SECRET: randomBytes(32).toString('base64url'), OBSERVABILITY_CLIENT_SECRET: client.secret };
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
    await use({ router, tokens, replicas, start });
  } finally {
    for (const stop of stops.reverse()) await stop();
    await rm(directory, { recursive: true, force: true });
  }
}

const test = base.extend<object, { site: Site }>({
  site: forWorker(withReplicas, 120_000),
});

const missing = whyMissing('nginx');
test.skip(missing !== undefined, missing);

/** Waits until so many more queries were answered. */
async function untilAnswered(load: Load, more: number): Promise<void> {
  const before = load.answered();
  await expect.poll(() => load.answered() - before).toBeGreaterThan(more);
}

test('a new version takes the place of the old one, one replica after the other, and every query is answered', async ({ site }) => {
  const { router, tokens, replicas, start } = site;
  const load = startLoad({ url: router.url, tokens });
  await untilAnswered(load, 100);
  for (const [index, replica] of [...replicas].entries()) {
    // In a cluster, both at once: routers are told while the pod waits in its preStop hook (helm/…/deployment.yaml).
    await router.send(replicas.filter((other) => other !== replica));
    expect(await replica.end('SIGTERM')).toBe(0);
    await untilAnswered(load, 100);
    replicas[index] = await start(replica.port);
    await router.send(replicas);
    await untilAnswered(load, 100);
  }
  await load.stop();
  expect(load.failures).toEqual([]);
  test.info().annotations.push({ type: 'queries', description: `${load.answered()} answered, none failed` });
});

test('a replica that is killed is not missed', async ({ site }) => {
  const { router, tokens, replicas, start } = site;
  const load = startLoad({ url: router.url, tokens });
  await untilAnswered(load, 100);
  const [lost] = replicas;
  if (lost === undefined) throw new Error('there is no replica');
  await lost.end('SIGKILL');
  await untilAnswered(load, 200);
  replicas[0] = await start(lost.port);
  await untilAnswered(load, 100);
  await load.stop();
  expect(load.failures).toEqual([]);
  test.info().annotations.push({ type: 'queries', description: `${load.answered()} answered, none failed` });
});
