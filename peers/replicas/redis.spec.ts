/** Two replicas with a real Redis: what is counted and remembered at one holds at the other, and while Redis is gone everybody is served. */
import { expect, test as base } from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loopback } from '../../demo/processes/ports';
import { projectRoot } from '../../demo/setup/index.mjs';
import { freePorts } from '../../demo/testing/free-ports';
import { Browser } from '../../lib/identity/testing/browser';
import { signIn } from '../../lib/identity/testing/stack';
import { addressOf } from '../support/app';
import { forWorker } from '../support/for-worker';
import { pathOf, whyMissing } from '../support/tools';
import { startLoad, untilAnswered } from './load';
import { authority, redisServer, user, type RedisServer } from './redis-server';
import type { Replica } from './replica';
import { withReplicas, type Site } from './site';

interface Shared extends Site {
  readonly redis: RedisServer;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly directory: string;
}

const secrets = { OBSERVABILITY_REDIS_PASSWORD: user.password };
/** Of one person. */
const perMinute = 600;

async function withRedis(use: (shared: Shared) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'odh-redis-'));
  const [port = 0] = await freePorts(1);
  const redis = await redisServer({ program: pathOf('redis'), directory, port });
  const settings = { url: `rediss://${loopback}:${port}`, username: user.name, caFile: join(directory, authority) };
  try {
    await redis.start();
    await withReplicas({ config: { redis: settings, limits: { perMinute } }, secrets }, (site) => use({ ...site, redis, settings, directory }));
  } finally {
    await redis.kill();
    await rm(directory, { recursive: true, force: true });
  }
}

const test = base.extend<object, { site: Shared }>({ site: forWorker(withRedis, 180_000) });
test.describe.configure({ mode: 'serial' });

const missing = whyMissing('nginx') ?? whyMissing('redis');
test.skip(missing !== undefined, missing);

const addresses = ({ replicas }: Site): [string, string] => {
  const [one, other] = replicas.map(({ port }) => addressOf(port));
  if (one === undefined || other === undefined) throw new Error('there are two replicas');
  return [one, other];
};

const query = '/api/proxy/globaldatasources/prometheus/api/v1/query?query=vector(1)';

/** Whom a replica takes the sender of a cookie for: the status of a request with it. */
async function statusWith(cookie: string, replica: string): Promise<number> {
  return (await fetch(`${replica}/api/v1/projects`, { headers: { cookie } })).status;
}

async function signOutAt(replica: string, cookie: string, publicUrl: string): Promise<void> {
  const { status } = await fetch(`${replica}/api/auth/sign-out`, { method: 'POST', headers: { cookie, origin: publicUrl }, redirect: 'manual' });
  expect(status).toBe(303);
}

/** Signs somebody in through the router, and returns what their browser sends from then on. */
async function cookieOf({ router, provider }: Site, person: string): Promise<string> {
  provider.users.set(person, { name: person, projects: ['fraud-detection'] });
  const browser = new Browser();
  const { ended } = await signIn({ publicUrl: router.url, provider }, browser, person);
  expect(ended.pathname, ended.href).toBe('/observability');
  return browser.cookieHeader;
}

/** What a replica says of its dependency, and by its metric. */
async function sharedAt(replica: string): Promise<unknown[]> {
  const { status, checks } = (await (await fetch(`${replica}/api/health/ready`)).json()) as { status: string; checks: { name: string; status: string }[] };
  const metrics = await (await fetch(`${replica}/metrics`)).text();
  return [status, checks.find(({ name }) => name === 'redis')?.status, /^odh_observability_redis_up\{[^}]*\} (\d)$/m.exec(metrics)?.[1]];
}

const works = ['ready', 'up', '1'];
const isGone = ['degraded', 'down', '0'];

async function untilAtBoth(site: Site, state: readonly string[]): Promise<void> {
  for (const replica of addresses(site)) await expect.poll(() => sharedAt(replica), { timeout: 60_000 }).toEqual(state);
}

/** Asks at replicas in turn until one refuses, or as often as given; returns how many were answered, and in how many minutes. */
async function askUntilRefused(token: string, replicas: readonly string[], most: number): Promise<{ answered: number; minutes: number }> {
  const began = performance.now();
  let answered = 0;
  for (let turn = 0; turn < most; turn += 1) {
    const { status } = await fetch(`${replicas[turn % replicas.length]}${query}`, { headers: { authorization: `Bearer ${token}` } });
    if (status === 429) break;
    expect(status).toBe(200);
    answered += 1;
  }
  return { answered, minutes: (performance.now() - began) / 60_000 };
}

test('how often a person may ask counts at both replicas together', async ({ site }) => {
  const few = 30;
  await withReplicas({ config: { redis: { ...site.settings, prefix: 'odh-observability:few:' }, limits: { perMinute: few } }, secrets }, async (limited) => {
    const [token = '', another = ''] = limited.tokens;
    const replicas = addresses(limited);
    const { answered, minutes } = await askUntilRefused(token, replicas, 400);
    expect(answered).toBeGreaterThanOrEqual(few);
    // What came in again meanwhile, and one for each replica that was refilled by its own clock.
    expect(answered).toBeLessThanOrEqual(few + few * minutes + 2);
    expect((await askUntilRefused(another, replicas, 5)).answered).toBe(5);
  });
});

test('who signs out at one replica is signed out at the other, with every copy of the cookie', async ({ site }) => {
  const [one, other] = addresses(site);
  const [cookie, again] = [await cookieOf(site, 'ada'), await cookieOf(site, 'ada')];
  expect([await statusWith(cookie, one), await statusWith(cookie, other)]).toEqual([200, 200]);
  await signOutAt(one, cookie, site.router.url);
  expect([await statusWith(cookie, one), await statusWith(cookie, other)]).toEqual([401, 401]);
  // Another sign-in of the same person goes on.
  expect(await statusWith(again, other)).toBe(200);
});

test('Redis is killed under load: every query is answered, what was signed out stays so, and all is shared again when it is back', async ({ site }) => {
  const { router, tokens, redis } = site;
  const [one, other] = addresses(site);
  const [before, meanwhile] = [await cookieOf(site, 'before'), await cookieOf(site, 'meanwhile')];
  await signOutAt(one, before, router.url);
  const load = startLoad({ url: router.url, tokens });
  await untilAnswered(load, 100);
  // Longer than it takes until the other has it in its own memory, as it is asked for all along.
  await expect.poll(() => statusWith(before, other)).toBe(401);
  await redis.kill();
  await untilAnswered(load, 200);
  await untilAtBoth(site, isGone);
  expect([await statusWith(before, one), await statusWith(before, other)]).toEqual([401, 401]);
  await signOutAt(one, meanwhile, router.url);
  expect(await statusWith(meanwhile, one)).toBe(401);

  // It comes back with nothing in it.
  await redis.start();
  await untilAtBoth(site, works);
  await expect.poll(() => statusWith(meanwhile, other)).toBe(401);
  expect([await statusWith(before, one), await statusWith(before, other)]).toEqual([401, 401]);
  await untilAnswered(load, 100);
  await load.stop();
  expect(load.failures).toEqual([]);
  test.info().annotations.push({ type: 'queries', description: `${load.answered()} answered, none failed` });
});

test('a replica that starts later knows who was signed out before', async ({ site }) => {
  const { replicas, start } = site;
  const [one] = addresses(site);
  const cookie = await cookieOf(site, 'early');
  await signOutAt(one, cookie, site.router.url);
  const [, last] = replicas as [Replica, Replica];
  expect(await last.end('SIGTERM')).toBe(0);
  replicas[1] = await start(last.port);
  expect(await statusWith(cookie, addressOf(last.port))).toBe(401);
});

test('`diagnose` says what is wrong with it, and what to do', async ({ site }) => {
  const findingWith = async (password: string, settings: Readonly<Record<string, unknown>>) => {
    const file = join(site.directory, 'diagnose.yaml');
    await writeFile(file, stringify({ publicUrl: site.router.url, identity: { issuer: site.provider.issuer, clientId: 'x' }, datasources: [{ name: 'prometheus', default: true, url: site.router.url }], redis: settings }));
    const env = { ...process.env, OBSERVABILITY_CONFIG: file, OBSERVABILITY_SESSION_SECRET: 's'.repeat(32), OBSERVABILITY_CLIENT_SECRET: 'x', OBSERVABILITY_REDIS_PASSWORD: password };
    // It ends with 1 for what is wrong elsewhere in this configuration.
    const output = await new Promise<string>((resolve) => void execFile(process.execPath, ['dist/cli.js', 'diagnose', '--format=json'], { cwd: projectRoot, env }, (_error, stdout) => resolve(stdout)));
    const { findings } = JSON.parse(output) as { findings: { subject: string; state: string; found: string; next?: string }[] };
    return findings.find(({ subject }) => subject === 'Redis');
  };
  expect(await findingWith(user.password, site.settings)).toMatchObject({ state: 'ok' });
  expect(await findingWith('guessed', site.settings)).toMatchObject({ state: 'problem', found: expect.stringContaining('WRONGPASS'), next: expect.stringContaining('OBSERVABILITY_REDIS_PASSWORD') });
  expect(await findingWith(user.password, { ...site.settings, prefix: 'others:' })).toMatchObject({ state: 'problem', found: expect.stringMatching(/NOPERM|No permissions/i), next: expect.stringContaining('what the user may do') });
  const { caFile: _, ...untrusted } = site.settings;
  expect(await findingWith(user.password, untrusted)).toMatchObject({ state: 'problem', next: expect.stringContaining('redis.caFile') });
});
