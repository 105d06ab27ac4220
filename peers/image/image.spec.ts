/**
 * The image's tree as a pod runs it: another user, read-only, with the chart's environment and mounts only. These are the
 * smoke tests that run against it: readiness; a person who signs in with a browser, finds a dashboard, sees its series and
 * nobody else's, and signs out; a host's token and modules; metrics; `helm test`; a renewed certificate; `diagnose`, `backup`
 * and `restore`. The other end-to-end tests run against the same build, started from the working copy.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { projectRoot } from '../../demo/setup/index.mjs';
import { arbitraryUser } from './container';
import { expect, test, type Site } from './fixtures';

/** Where the chart mounts the volume of what people make. */
const volume = '/var/lib/odh-observability/dashboards';

interface Process {
  readonly pid: number;
  readonly status: string;
}

/** The process that listens; found by its user, whom nobody else has. */
async function appProcess(): Promise<Process> {
  for (const entry of await readdir('/proc')) {
    const status = await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '');
    if (status.includes(`Uid:\t${arbitraryUser}`)) return { pid: Number(entry), status };
  }
  throw new Error('no process of that user');
}

test('it is ready, as a user that nobody knows, without rights, on a file system that it cannot write to', async ({ site }) => {
  const ready = await site.get(`${site.url}/api/health/ready`);
  expect([ready.status, JSON.parse(ready.text)]).toMatchObject([200, { status: 'ready' }]);
  const { pid, status } = await appProcess();
  expect(status).toMatch(new RegExp(`Uid:(\t${arbitraryUser}){4}\nGid:(\t0){4}`));
  expect(status).toMatch(/^CapEff:\t0+$/m);
  // Where it sees files: read-only, all but what the kernel makes.
  const mounts = (await readFile(`/proc/${pid}/mounts`, 'utf8')).split('\n').map((line) => line.split(' '));
  const writable = mounts.filter(([, path = '', , options = '']) => path !== '' && !/^\/(?:proc|dev|lib|lib64|usr)(?:\/|$)/.test(path) && !options.split(',').includes('ro'));
  expect(writable.map(([, path]) => path)).toEqual([volume]);
  expect(mounts.map(([, path]) => path)).toEqual(expect.arrayContaining(['/', '/app', '/etc/odh-observability/config', '/etc/odh-observability/tls']));
});

test('people get their pages, dashboards and series, and the host its modules', async ({ site }) => {
  const authorization = `Bearer ${site.tokenFor('sam', { projects: ['llm-research'] })}`;
  const dashboards = JSON.parse((await site.get(`${site.url}/api/v1/dashboards`, { authorization })).text) as unknown[];
  expect(dashboards.length).toBeGreaterThan(10);
  const answer = await site.get(`${site.url}/api/proxy/globaldatasources/prometheus/api/v1/query?query=odh_training_loss`, { authorization });
  const { data } = JSON.parse(answer.text) as { data: { result: { metric: { namespace: string } }[] } };
  expect(data.result.map(({ metric }) => metric.namespace)).toEqual(['llm-research']);
  expect((await site.get(`${site.url}/api/v1/dashboards`)).status).toBe(401);

  const entry = await site.get(`${site.url}/federation/_next/static/chunks/remoteEntry.js`, { 'accept-encoding': 'br' });
  expect([entry.status, entry.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  expect((await site.get(`${site.url}/federation/types/odhObservability.d.ts`)).status).toBe(200);
});

test('the app’s own metrics are on their port, and not where people come in', async ({ site }) => {
  expect((await site.get(`${site.metricsUrl}/metrics`)).text).toContain('odh_observability_build_info{version=');
  expect((await site.get(`${site.url}/metrics`)).status).toBe(404);
  expect((await site.get(`${site.metricsUrl}/api/health/live`)).status).toBe(404);
});

test('a page is drawn, and asks nothing of another host', async ({ site, browser }) => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  const asked: string[] = [];
  const failed: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  page.on('pageerror', (error) => void failed.push(error.message));
  // The one that is open to everyone.
  await page.goto(`${site.url}/observability/help`, { waitUntil: 'networkidle' });
  expect(await page.getByTestId('help-entry').count()).toBeGreaterThan(10);
  expect(asked.filter((address) => address.includes('/_next/static/')).length).toBeGreaterThan(3);
  expect([asked.filter((address) => !address.startsWith(`${site.url}/`)), failed]).toEqual([[], []]);
  await context.close();
});

test('somebody signs in, finds a dashboard, sees the series of their project and no other, and signs out', async ({ site, browser }) => {
  site.users.set('sam', { name: 'Sam', projects: ['llm-research'] });
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  // The provider asks for no password, and takes the word of whoever leads there.
  await page.route((url) => url.origin === site.issuer && url.pathname === '/auth', (route) => route.continue({ url: `${route.request().url()}&login_hint=sam` }));
  const answers: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/proxy/')) void response.text().then((text) => answers.push(text), () => undefined);
  });
  await page.goto(`${site.url}/observability/dashboards`);
  await page.getByTestId('dashboard-card').filter({ hasText: 'Model Training Metrics' }).getByRole('link').first().click({ timeout: 60_000 });
  await expect(page.getByTestId('dashboard-panels')).toBeVisible({ timeout: 60_000 });
  // What the choice of jobs is filled from, and the number of jobs that run: one of three.
  await expect.poll(() => answers.filter((text) => text.includes('llama-finetune')).length, { timeout: 60_000 }).toBeGreaterThan(0);
  await expect.poll(() => answers.filter((text) => text.includes('"result":[{"metric":{},"values":[')).length, { timeout: 60_000 }).toBeGreaterThan(0);
  expect(answers.filter((text) => /fraud|bert/.test(text))).toEqual([]);
  const { status } = await page.evaluate(async () => {
    const response = await fetch('/api/auth/sign-out', { method: 'POST', redirect: 'manual' });
    return { status: response.type };
  });
  expect(status).toBe('opaqueredirect');
  expect((await page.request.get(`${site.url}/api/v1/dashboards`, { headers: { origin: site.url } })).status()).toBe(401);
  await context.close();
});

test('what people make is backed up and restored by the commands of the image, in a pod like the app’s', async ({ site }) => {
  const authorization = `Bearer ${site.tokenFor('alex', { groups: ['admins'] })}`;
  const address = `${site.url}/api/v1/projects/fraud-detection/dashboards`;
  const dashboard = (title: string, version: number) => ({ kind: 'Dashboard', metadata: { name: 'made-here', project: 'fraud-detection', version }, spec: { display: { name: title }, duration: '1h', variables: [], layouts: [], panels: {} } });
  const stored = async (): Promise<unknown> => JSON.parse((await site.get(`${address}/made-here`, { authorization })).text) as unknown;
  expect((await site.send('POST', address, { authorization }, dashboard('As backed up', 0))).status).toBe(200);
  expect((await site.send('PUT', `${site.url}/api/preferences`, { authorization }, { timeZone: 'UTC' })).status).toBe(200);
  const before = await stored();

  const backup = await site.run(['backup', '-']);
  expect(backup, backup.err).toMatchObject({ code: 0, err: expect.stringContaining('Backed up') });
  expect((await site.send('PUT', `${address}/made-here`, { authorization }, dashboard('Changed since', 1))).status).toBe(200);
  expect((await site.send('PUT', `${site.url}/api/preferences`, { authorization }, { timeZone: null })).status).toBe(200);

  // What is there is not written over unasked.
  expect((await site.run(['restore', '-'], backup.out)).code).toBe(1);
  const restore = await site.run(['restore', '-', '--replace'], backup.out);
  expect(restore, restore.err).toMatchObject({ code: 0, err: expect.stringContaining('Restored the backup') });
  await expect.poll(stored).toEqual(before);
  expect((await site.get(`${site.url}/api/preferences`, { authorization })).text).toContain('"timeZone":"UTC"');
});

test('the image’s health check finds the app’s address in its configuration', async ({ site }) => {
  // In another pod here, whose network is the same.
  expect(await site.run(['health'])).toMatchObject({ code: 0, err: '' });
});

test('`diagnose` finds in the pod what there is to find', async ({ site }) => {
  const { out, err } = await site.run(['diagnose', '--format=json']);
  const { findings } = JSON.parse(out.toString()) as { findings: { subject: string; state: string }[] };
  const states = Object.fromEntries(findings.map(({ subject, state }) => [subject, state]));
  expect(states, err).toMatchObject({ 'datasource prometheus': 'ok', 'identity provider': 'ok', 'certificate of the app': 'problem' });
});

/** Runs the chart's own `helm test`. */
async function helmTest({ url, caFile }: Site): Promise<string> {
  const script = await readFile(join(projectRoot, 'helm', 'odh-observability', 'files', 'test.mjs'), 'utf8');
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env: { NODE_ENV: 'production', SERVICE: url, NODE_EXTRA_CA_CERTS: caFile } });
  return stdout;
}

test('`helm test` finds everything there', async ({ site }) => {
  const report = await helmTest(site);
  expect(report).toMatch(/^up {3}datasource prometheus$/m);
  expect(report).toMatch(/^up {3}identity provider$/m);
  expect(report).toMatch(/^up {3}federated modules \(200\)$/m);
  expect(report).not.toContain('down');
});

test('a renewed certificate is used within seconds, without a restart', async ({ site }) => {
  const serialNumber = () =>
    new Promise<string | undefined>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: 8443, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerX509Certificate()?.serialNumber);
        socket.destroy();
      }).on('error', reject);
    });
  const [before, { pid }] = [await serialNumber(), await appProcess()];
  await site.renewCertificate();
  await expect.poll(serialNumber, { timeout: 30_000 }).not.toBe(before);
  expect((await appProcess()).pid).toBe(pid);
  expect((await site.get(`${site.url}/api/health/ready`)).status).toBe(200);
});

test('it tried to write nothing, missed no file, and took no more memory than the smallest profile gives', async ({ site }) => {
  const log = await readFile(site.logFile, 'utf8');
  expect(log).toContain('listening');
  expect(log).not.toMatch(/EROFS|EACCES|EPERM|ENOENT|MODULE_NOT_FOUND|ERR_MODULE/);
  const { status } = await appProcess();
  const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  test.info().annotations.push({ type: 'peak memory', description: `${peak.toFixed(0)} MiB` });
  expect(peak).toBeLessThan(512);
});
