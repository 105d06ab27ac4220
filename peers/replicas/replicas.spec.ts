/** Two replicas behind nginx: neither a new version nor a lost one is noticed by those who look at their dashboards. */
import { expect, test as base } from '@playwright/test';
import { forWorker } from '../support/for-worker';
import { whyMissing } from '../support/tools';
import { startLoad, untilAnswered } from './load';
import { withReplicas, type Site } from './site';

const test = base.extend<object, { site: Site }>({
  site: forWorker((use) => withReplicas({}, use), 120_000),
});

const missing = whyMissing('nginx');
test.skip(missing !== undefined, missing);

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
