/**
 * `npm run bench:capacity`: how much processor time and memory one replica and Prometheus take while 100, 500 and 1,000
 * people look at dashboards. What they ask was taken down from Chromium a moment before. Ends by itself after some minutes.
 *
 * Processor time and memory are those of the processes, so other work on the machine changes them little; times of answers
 * would be the machine's, and are not told. What stands beside is measured in the same run: the same processes while nobody
 * asks, and the plain reverse proxy with the same queries.
 */
import { createPrivateKey, sign } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureSecrets } from '../demo/secrets';
import { apiAudience } from '../demo/oidc/settings';
import { users } from '../demo/users';
import { plainProxyUrl, signIn, startApp, startBenchStack, startPlainProxy, stateDirectory, writeConfig } from './apps';
import { startCrowd, type Person } from './crowd';
import { metricsOf, sumOf, useOf } from './processes';
import { median } from './statistics';
import { isQuery, queryPath, recordVisits, type Look, type Visit } from './visits';

const port = 4501;
const origin = `http://127.0.0.1:${port}`;
const sizes = [100, 500, 1000];
/** Between two refreshes: what most built-in dashboards refresh at. */
const interval = 60_000;
/** Everybody has opened a dashboard before it is measured. */
const measured = 45_000;
const idle = 15_000;
/** For what a query costs, beside the plain proxy. */
const proxied = { people: 200, milliseconds: 30_000 };
/** Of a person's projects, beside those whose dashboards are looked at. */
const otherProjects = 200;

/** Of twenty people, how many are one of the demo's, and what they look at. */
const roles: readonly { readonly login: string; readonly share: number; readonly looks: readonly Look[] }[] = [
  { login: 'scientist', share: 11, looks: [{ dashboard: 'model-training', project: 'vision-lab' }, { dashboard: 'gpu-performance', project: 'llm-research' }] },
  { login: 'mlops', share: 8, looks: [{ dashboard: 'model-serving', project: 'bert-serving' }, { dashboard: 'pipelines', project: 'claims-pipelines' }] },
  { login: 'admin', share: 1, looks: [{ dashboard: 'platform-overview', project: 'fraud-detection' }] },
];

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An access token of the demo's provider for somebody it does not know. */
function tokenOf(issuer: string, key: ReturnType<typeof createPrivateKey>, claims: object): string {
  const now = Math.floor(Date.now() / 1000);
  const input = `${encode({ alg: 'RS256', typ: 'at+jwt', kid: 'demo' })}.${encode({ iss: issuer, aud: apiAudience, iat: now, exp: now + 3600, ...claims })}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
}

interface Role {
  readonly cookie: string;
  readonly visits: readonly Visit[];
  readonly groups: readonly string[];
  readonly projects: readonly string[];
}

/** `count` people with projects of their own, so that what is sent to Prometheus differs from one to the next. */
function peopleOf(count: number, shares: readonly Role[], token: (claims: object) => string): Person[] {
  return Array.from({ length: count }, (_, index) => {
    // Spread over the twenty, so that any hundred is made up alike.
    const role = shares[(index * 7) % shares.length];
    if (role === undefined) throw new RangeError('there are no roles');
    const own = role.projects.length === 0 ? [] : [`team-${index % otherProjects}`, `team-${(index * 13 + 5) % otherProjects}`];
    const projects = [...role.projects, ...own];
    return { token: token({ sub: `person-${index}`, name: `Person ${index}`, groups: role.groups, projects }), cookie: role.cookie, visits: role.visits };
  });
}

interface Window {
  readonly seconds: number;
  readonly requests: number;
  readonly failures: ReadonlyMap<number, number>;
  readonly app: { readonly processorSeconds: number; readonly residentBytes: number; readonly lags: readonly number[] };
  readonly prometheus: { readonly processorSeconds: number; readonly residentBytes: number; readonly queries: number };
}

const queriesMetric = 'odh_observability_query_upstream_duration_seconds_count';

/** What the processes take within a time. */
async function windowOf(milliseconds: number, appPid: number, prometheusUrl: string, counts: { readonly requests: number; readonly failures: ReadonlyMap<number, number> }): Promise<Window> {
  const look = async () => {
    const prometheus = await metricsOf(`${prometheusUrl}/metrics`);
    return {
      at: performance.now(),
      requests: counts.requests,
      failures: new Map(counts.failures),
      app: await useOf(appPid),
      queries: await sumOf(`${origin}/metrics`, queriesMetric),
      prometheus: { processorSeconds: prometheus('process_cpu_seconds_total'), residentBytes: prometheus('process_resident_memory_bytes') },
    };
  };
  const before = await look();
  const lags: number[] = [];
  const sizes = [before.app.residentBytes];
  const prometheusSizes = [before.prometheus.residentBytes];
  while (performance.now() - before.at < milliseconds) {
    await sleep(5_000);
    // Of the time since it was asked last.
    lags.push((await metricsOf(`${origin}/metrics`))('nodejs_eventloop_lag_p99_seconds'));
    sizes.push((await useOf(appPid)).residentBytes);
  }
  const after = await look();
  prometheusSizes.push(after.prometheus.residentBytes);
  return {
    seconds: (after.at - before.at) / 1000,
    requests: after.requests - before.requests,
    failures: new Map([...after.failures].map(([status, count]) => [status, count - (before.failures.get(status) ?? 0)])),
    app: { processorSeconds: after.app.processorSeconds - before.app.processorSeconds, residentBytes: Math.max(...sizes), lags },
    prometheus: { processorSeconds: after.prometheus.processorSeconds - before.prometheus.processorSeconds, residentBytes: Math.max(...prometheusSizes), queries: after.queries - before.queries },
  };
}

const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;

function report(people: number, { seconds, requests, failures, app, prometheus }: Window, nobody: Window | undefined): void {
  const cores = (used: number): string => (used / seconds).toFixed(2);
  const idleCores = nobody === undefined ? 0 : nobody.prometheus.processorSeconds / nobody.seconds;
  const lag = median(app.lags) * 1000;
  const idleLag = nobody === undefined ? lag : median(nobody.app.lags) * 1000;
  const failed = [...failures].filter(([, count]) => count > 0).map(([status, count]) => `${count} × ${status}`);
  console.log(
    `  ${String(people).padStart(4)} people: ${(requests / seconds).toFixed(0)} requests/s, of these ${(prometheus.queries / seconds).toFixed(0)} queries/s to Prometheus; failed: ${failed.join(', ') || 'none'}\n` +
      `       app: ${cores(app.processorSeconds)} CPU${requests === 0 ? '' : ` (${((app.processorSeconds / requests) * 1000).toFixed(2)} ms a request)`}, ${mebibytes(app.residentBytes)}; ` +
      `event loop p99 ${lag.toFixed(1)} ms (${(lag / idleLag).toFixed(1)}× idle)\n` +
      `       Prometheus: ${(prometheus.processorSeconds / seconds - idleCores).toFixed(2)} CPU more than idle, ${mebibytes(prometheus.residentBytes)}`,
  );
}

/** Processor time of a query, in milliseconds, with queries alone. */
async function costOfQuery(through: string, pid: number, people: readonly Person[], path: (recorded: string) => string): Promise<number> {
  const crowd = startCrowd({ origin: through, people, interval: proxied.milliseconds / 2, sent: (request) => (isQuery(request) ? { ...request, path: path(request.path) } : undefined) });
  await sleep(proxied.milliseconds / 2);
  const [before, requests] = [await useOf(pid), crowd.counts.requests];
  await sleep(proxied.milliseconds / 2);
  const after = await useOf(pid);
  const answered = crowd.counts.requests - requests;
  await crowd.stop();
  return ((after.processorSeconds - before.processorSeconds) / answered) * 1000;
}

const stack = await startBenchStack([]);
const stops: (() => Promise<void>)[] = [() => stack.stop()];
try {
  const { appUrl, issuerUrl, prometheusUrl } = stack;
  const { signingKey } = await ensureSecrets(stateDirectory);
  const key = createPrivateKey({ key: signingKey, format: 'jwk' });

  const shares: Role[] = [];
  for (const { login, share, looks } of roles) {
    const cookies = await signIn(appUrl, login);
    const visits = await recordVisits(appUrl, cookies, looks);
    for (const [index, { open, change, refresh }] of visits.entries()) {
      console.log(`${login} at ${looks[index]?.dashboard ?? ''}: opening asks ${open.requests.length} times, another project ${change.requests.length}, a refresh ${refresh.requests.length}`);
    }
    const { groups, projects } = users.find((user) => user.login === login) ?? { groups: [], projects: [] };
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    shares.push(...Array.from({ length: share }, () => ({ cookie, visits, groups, projects })));
  }
  const people = peopleOf(Math.max(...sizes), shares, (claims) => tokenOf(issuerUrl, key, claims));

  // With the limits that it has by default.
  const app = await startApp(['dist/server.js'], await writeConfig('capacity', { port, prometheusUrl, limits: {} }), port);
  stops.unshift(app.stop);
  console.log(`\nOne replica, everybody with a dashboard in front that refreshes each ${interval / 1000} s; every tenth time it is another project, every tenth another dashboard`);
  const nobody = await windowOf(idle, app.pid, prometheusUrl, { requests: 0, failures: new Map() });
  report(0, nobody, undefined);
  for (const size of sizes) {
    const crowd = startCrowd({ origin, people: people.slice(0, size), interval });
    await sleep(interval);
    report(size, await windowOf(measured, app.pid, prometheusUrl, crowd.counts), nobody);
    await crowd.stop();
  }

  const proxy = await startPlainProxy(prometheusUrl);
  stops.unshift(proxy.stop);
  const some = people.slice(0, proxied.people);
  const plain = await costOfQuery(plainProxyUrl, proxy.pid, some, (path) => path.slice(queryPath.length));
  const own = await costOfQuery(origin, app.pid, some, (path) => path);
  console.log(`\nProcessor time of one query: plain reverse proxy ${plain.toFixed(2)} ms, app ${own.toFixed(2)} ms (${(own / plain).toFixed(1)}×)`);
} finally {
  for (const stop of stops) await stop();
}
