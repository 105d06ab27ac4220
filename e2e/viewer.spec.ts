/** The list of dashboards and one dashboard, as people use them, on live metrics. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { parse } from 'yaml';
import { expect, signIn, test } from './support/fixtures';
import { picture } from './support/picture';
import { isDrawn } from './support/painted';
import { appUrl, prometheusUrl, projectsOf } from './support/stack';

const dashboardPath = '/observability/dashboards/opendatahub/model-training';

/** Panels draw when they come into view: a page on which all of them are. */
const tall = { width: 1440, height: 5200 };

// `npm run dashboards:check` has seen that the file is a dashboard.
const trainingFile = parse(readFileSync('dashboards/model-training.yaml', 'utf8')) as { spec: { config: { panels: object } } };
const panelCount = Object.keys(trainingFile.spec.config.panels).length;

const panel = (page: Page, title: string): Locator => page.getByTestId('dashboard-panels').getByTestId('panel').filter({ hasText: title });

/** Whether a table, which has no canvas, has rows below its header. */
async function hasRows(within: Locator): Promise<boolean> {
  return (await within.locator('canvas').count()) === 0 && (await within.getByRole('row').count()) > 1;
}

/** Waits until a panel shows something. Twenty panels take a busy machine their time. */
async function expectDrawn(within: Locator): Promise<void> {
  await expect.poll(async () => (await isDrawn(within)) || (await hasRows(within)), { timeout: 60_000 }).toBe(true);
}

/** The figures that the app's answers to a page hold, by the query that was sent: collected as the page asks. */
function collectAnswers(page: Page) {
  const answers: { query: string; form: URLSearchParams; body: Promise<RangeAnswer> }[] = [];
  page.on('response', (response) => {
    const form = new URLSearchParams(response.request().postData() ?? '');
    const query = form.get('query');
    // The route serves Prometheus's own format.
    if (query !== null && response.url().endsWith('/query_range')) answers.push({ query, form, body: response.json() as Promise<RangeAnswer> });
  });
  return answers;
}

interface RangeAnswer {
  data: { result: { metric: Record<string, string>; values: [number, string][] }[] };
}

test.describe.configure({ timeout: 240_000 });

test('the list shows dashboards by category, and the search finds them', async ({ page }) => {
  await signIn(page, 'scientist');
  await expect(page.getByRole('heading', { name: 'Model training', exact: true })).toBeVisible();
  const card = page.getByTestId('dashboard-card').filter({ hasText: 'Model Training Metrics' });
  await expect(card).toBeVisible();

  const search = page.getByTestId('catalog-search').getByRole('textbox');
  await search.fill('nothing like it');
  await expect(page.getByTestId('catalog-no-match')).toBeVisible();
  await expect(card).toBeHidden();
  await search.fill('TRAINING');
  await expect(card).toBeVisible();
  await card.getByRole('link').click();
  await expect(page.getByTestId('dashboard-title')).toHaveText('Model Training Metrics');
});

test('every panel draws data, is titled with its unit and explains itself', async ({ page }) => {
  await page.setViewportSize(tall);
  // Without refresh: a machine that needs longer than its interval for so tall a page would begin again and again.
  await signIn(page, 'scientist', `${dashboardPath}?refresh=0s`);
  const panels = page.getByTestId('dashboard-panels').getByTestId('panel');
  await expect(panels).toHaveCount(panelCount);
  for (const each of await panels.all()) {
    await expectDrawn(each);
    const title = (await each.getByRole('heading').first().textContent()) ?? '';
    expect(title).toMatch(/\(.+\)$/);
    await expect(each.getByText('No data')).toBeHidden();
    await each.getByRole('button', { name: /^Description of/ }).click();
    await expect(page.getByRole('dialog').filter({ hasText: 'Healthy' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
});

for (const { title, query, format, word } of [
  {
    title: 'GPU utilization (%)',
    query: 'avg(DCGM_FI_DEV_GPU_UTIL{namespace=~"llm-research|vision-lab", pod=~".+-worker-.*"})',
    format: (value: number) => `${value.toFixed(1)}%`,
    // So that it can be judged without its colour; what stands before it is for those who do not see the icon.
    word: (value: number) => (value < 50 ? 'Critical: Low' : value < 80 ? 'Warning: Fair' : 'Healthy: Good'),
  },
  {
    title: 'Throughput (samples/s)',
    query: 'sum(odh_training_throughput{namespace=~"llm-research|vision-lab"})',
    format: (value: number) => Math.round(value).toLocaleString('en-US'),
    word: undefined,
  },
]) {
  test(`the figure in "${title}" is what Prometheus answers for the same query at the same time`, async ({ page, request }) => {
    const answers = collectAnswers(page);
    await signIn(page, 'scientist', dashboardPath);
    const figure = panel(page, title);
    await expectDrawn(figure);

    const [aggregation = ''] = query.split('{');
    const asked = answers.find((answer) => answer.query.startsWith(`${aggregation}{`));
    expect(asked, 'the panel sent its query').toBeDefined();
    const time = asked?.form.get('end') ?? '';
    // Asked of Prometheus itself, with the scope written by hand.
    const direct = await request.get(`${prometheusUrl}/api/v1/query`, { params: { query, time } });
    const { data } = (await direct.json()) as { data: { result: { value: [number, string] }[] } };
    const expected = Number(data.result[0]?.value[1]);
    expect(expected).toBeGreaterThan(0);
    await expect(figure).toContainText(format(expected));
    await expect(figure.getByTestId('panel-status')).toHaveText(word === undefined ? [] : [word(expected)]);
  });
}

test('a project of others in the address shows nothing of it, and the page says why', async ({ page }) => {
  const answers = collectAnswers(page);
  const link = `${dashboardPath}?var-namespace=fraud-detection`;
  await page.setViewportSize(tall);
  await signIn(page, 'scientist', link);
  const alert = page.getByTestId('no-access-alert');
  await expect(alert).toContainText('You do not have access to the project fraud-detection');
  await expect(alert).toContainText('ask the owner of the project');
  for (const title of ['GPU utilization (%)', 'Throughput (samples/s)', 'Data-loader queue (batches)', 'Jobs reporting (count)']) {
    await expect(panel(page, title)).toContainText('No data');
  }
  expect(page.url()).toBe(`${appUrl}${link}`);
  await expect.poll(() => answers.length, 'every panel has asked').toBeGreaterThanOrEqual(panelCount);
  for (const { query, body } of answers) expect((await body).data.result, query).toEqual([]);
});

test('a copied address opens the same view for a colleague, limited to what the colleague may see', async ({ page, browser }) => {
  const link = `${dashboardPath}?start=6h&var-namespace=fraud-detection&var-namespace=llm-research`;
  // The alert takes the place at which the chart would be seen else.
  await page.setViewportSize({ width: 1440, height: 1400 });
  const answers = collectAnswers(page);
  await signIn(page, 'mlops', link);
  expect(page.url()).toBe(`${appUrl}${link}`);
  await expectDrawn(panel(page, 'Training loss'));
  await expect(page.getByTestId('no-access-alert')).toContainText('llm-research');
  await expect(page.getByTestId('no-access-alert')).not.toContainText('fraud-detection');
  await expect(page.getByTestId('time-range')).toHaveText('Last 6 hours');
  const namespaces = (await Promise.all(answers.map(({ body }) => body))).flatMap(({ data }) => data.result.flatMap(({ metric }) => metric.namespace ?? []));
  expect(namespaces.length).toBeGreaterThan(0);
  for (const namespace of namespaces) expect(projectsOf.mlops).toContain(namespace);

  const context = await browser.newContext();
  const admin = await context.newPage();
  await signIn(admin, 'admin', link);
  await expectDrawn(panel(admin, 'GPU utilization (%)'));
  await expect(admin.getByTestId('no-access-alert')).toBeHidden();
  await context.close();
});

test('the starved training job stands out beside its healthy neighbour', async ({ page }) => {
  const answers = collectAnswers(page);
  await page.setViewportSize(tall);
  await signIn(page, 'scientist', `${dashboardPath}?var-namespace=llm-research&start=1h&refresh=0s`);
  await expectDrawn(panel(page, 'GPU utilization per GPU'));
  const utilization = answers.findLast(({ query }) => query.startsWith('DCGM_FI_DEV_GPU_UTIL'));
  const series = (await utilization?.body)?.data.result ?? [];
  const valuesOf = (job: string) =>
    series.filter(({ metric }) => metric.pod?.startsWith(job)).flatMap(({ values }) => values.map(([, value]) => Number(value)));
  for (const value of valuesOf('llama-finetune')) expect(Math.abs(value - 40)).toBeLessThanOrEqual(6);
  const healthy = valuesOf('mistral-pretrain');
  expect(healthy.reduce((sum, value) => sum + value, 0) / healthy.length).toBeGreaterThan(85);
  expect(valuesOf('llama-finetune').length).toBeGreaterThan(0);
});

test('a person without projects is told so, and what to do', async ({ page }) => {
  await signIn(page, 'guest', dashboardPath);
  await expect(page.getByTestId('error-state')).toContainText('No projects');
  await expect(page.getByTestId('error-state')).toContainText('ask the owner of a project');
  await picture(page.getByTestId('error-state'), 'no-projects');
});
