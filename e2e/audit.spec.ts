/** Who looked at what, in the records of the running demo. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, signIn, test } from './support/fixtures';
import { appUrl, projectsOf, stackEnvironment } from './support/stack';

const file = join(stackEnvironment.DEMO_STATE_DIR, 'audit', 'audit.jsonl');
const dashboardPath = '/observability/dashboards/opendatahub/model-training';

interface AuditRecord {
  readonly time: string;
  readonly event: string;
  readonly subject?: string;
  readonly [field: string]: unknown;
}

/** Records of this test: of one person, since it began. Tests run side by side. */
function recordsSince(begin: string, subject: string, event: string): AuditRecord[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AuditRecord)
    .filter((record) => record.time >= begin && record.subject === subject && record.event === event);
}

// Records come behind the page's back, and the page itself comes slowly on a busy machine.
test.describe.configure({ timeout: 180_000 });
const patient = { timeout: 60_000 };

const now = (): string => new Date().toISOString();

test('an administrator’s look at a dashboard is recorded with every project, and how long it lasted', async ({ page }) => {
  const begin = now();
  await signIn(page, 'admin', dashboardPath);
  await expect(page.getByTestId('dashboard-panels')).toBeVisible(patient);
  await expect.poll(() => recordsSince(begin, 'admin', 'sign_in').length, patient).toBeGreaterThan(0);

  const views = () => recordsSince(begin, 'admin', 'view_dashboard').filter(({ dashboard }) => dashboard === 'model-training');
  await expect.poll(() => views().length, patient).toBeGreaterThan(0);
  const opened = views()[0];
  expect(opened).toMatchObject({ phase: 'opened', outcome: 'success', name: 'Alex Admin', project: 'opendatahub', unlimited: true });
  expect(opened?.['namespaces']).toEqual(expect.arrayContaining([...projectsOf.scientist, ...projectsOf.mlops]));

  // Left within the app, without loading another page.
  await page.getByRole('link', { name: 'Dashboards' }).first().click();
  await page.waitForURL(`${appUrl}/observability/dashboards`);
  await expect.poll(() => views().find(({ phase, view }) => phase === 'left' && view === opened?.['view']), patient).toBeDefined();
  const left = views().find(({ phase, view }) => phase === 'left' && view === opened?.['view']);
  expect(left).toMatchObject({ dashboard: 'model-training', namespaces: opened?.['namespaces'], start: opened?.['start'] });
  const lasted = (Date.parse(left?.time ?? '') - Date.parse(String(left?.['start']))) / 1000;
  expect(left?.['duration_seconds']).toBeCloseTo(lasted, 1);
});

test('closing the page ends a view, and picking a project begins another one', async ({ page }) => {
  const begin = now();
  await signIn(page, 'mlops', dashboardPath);
  await expect(page.getByTestId('dashboard-panels')).toBeVisible(patient);
  const views = () => recordsSince(begin, 'mlops', 'view_dashboard');
  await expect.poll(() => views().some(({ namespaces }) => String(namespaces) === projectsOf.mlops.join()), patient).toBe(true);

  const answered = page.waitForResponse((response) => response.url().endsWith('/api/audit/views') && response.status() === 201);
  await page.goto(`${dashboardPath}?var-namespace=bert-serving&var-namespace=llm-research`);
  await (await answered).finished();
  const picked = () => views().filter(({ namespaces }) => String(namespaces) === 'bert-serving');
  await expect.poll(() => picked().length, patient).toBe(1);
  // A project that is not theirs is not what they saw.
  expect(views().every(({ namespaces }) => !String(namespaces).includes('llm-research'))).toBe(true);

  // The page has read the answer when it has done what came after.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  // As a person closes it: with its last events.
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => picked().map(({ phase }) => phase), patient).toEqual(['opened', 'left']);
});

test('queries are recorded as they were sent, with what came back', async ({ page }) => {
  const begin = now();
  await signIn(page, 'scientist');
  const answer = await page.request.get('/api/proxy/globaldatasources/prometheus/api/v1/query', { params: { query: 'odh_training_loss{audit_test!="1"}' } });
  const body = (await answer.json()) as { data: { result: unknown[] } };
  expect(body.data.result.length).toBeGreaterThan(0);
  const query = () => recordsSince(begin, 'scientist', 'query').find(({ parameters }) => JSON.stringify(parameters).includes('audit_test'));
  await expect.poll(query, patient).toBeDefined();
  expect(JSON.stringify(query()?.['parameters'])).toContain('namespace=~\\"llm-research|vision-lab\\"');
  expect(query()).toMatchObject({
    datasource: 'prometheus',
    endpoint: 'query',
    unlimited: false,
    result_series: body.data.result.length,
    request_id: answer.headers()['x-request-id'],
  });
});

test('what is refused is recorded: a dashboard for administrators, another site, a guest’s query', async ({ page }) => {
  const begin = now();
  await signIn(page, 'guest');
  expect((await page.request.get('/api/proxy/globaldatasources/prometheus/api/v1/query', { params: { query: 'up' } })).status()).toBe(403);
  expect((await page.request.post('/api/audit/views', { headers: { origin: 'https://elsewhere.example' }, data: '{}' })).status()).toBe(403);
  expect((await page.request.get('/api/v1/projects/llm-research')).status()).toBe(403);
  await expect.poll(() => recordsSince(begin, 'guest', 'access_denied').map(({ code, path }) => `${String(code)} ${String(path)}`).sort(), patient).toEqual([
    'ERR_ACCESS_001 /api/proxy/globaldatasources/prometheus/api/v1/query',
    'ERR_ACCESS_002 /api/audit/views',
    'ERR_ACCESS_002 /api/v1/projects/llm-research',
  ]);
});

test('the demo’s records are in place, and hold no token', async ({ page, context }) => {
  await signIn(page, 'scientist');
  const secrets = (await context.cookies()).filter(({ name }) => name.includes('session-token')).map(({ value }) => value.slice(0, 40));
  const { status, stdout } = spawnSync('npm', ['run', '--silent', 'audit:verify', file], { encoding: 'utf8' });
  expect(stdout).toContain('Every record is as it was written');
  expect(status).toBe(0);
  const text = readFileSync(file, 'utf8');
  expect(secrets.length).toBeGreaterThan(0);
  for (const secret of [...secrets, 'eyJ', 'Bearer ']) {
    expect(text).not.toContain(secret);
  }
});
