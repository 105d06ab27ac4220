/** Making a dashboard in the browser and changing it, beside others who do. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { expect, preferAllPanels, signIn, test } from './support/fixtures';
import { startSecondApp } from './support/second-app';
import { editorAppPort } from './support/stack';

const project = 'fraud-detection';
const drawn = { timeout: 60_000 };

/** A chart with a line for each project that its viewer sees. */
const dashboard = (query: string, title = 'Made here'): string => `kind: Dashboard
metadata:
  name: made-here
  project: ${project}
spec:
  display: { name: ${title} }
  duration: 1h
  panels:
    pods:
      kind: Panel
      spec:
        display: { name: Containers by project (containers) }
        plugin:
          kind: TimeSeriesChart
          spec: { legend: { position: bottom } }
        queries:
          - kind: TimeSeriesQuery
            spec:
              plugin:
                kind: PrometheusTimeSeriesQuery
                spec:
                  query: ${query}
                  seriesNameFormat: '{{namespace}}'
  layouts:
    - kind: Grid
      spec:
        items:
          - { x: 0, "y": 0, width: 24, height: 10, content: { $ref: '#/spec/panels/pods' } }
`;
const query = 'count by (namespace) (container_memory_working_set_bytes)';
const queryLine = dashboard(query).split('\n').findIndex((line) => line.includes('query: count')) + 1;

const text = (page: Page) => page.getByLabel('Definition of the dashboard in YAML');

/** In place of all that is there, as somebody pastes it. */
async function write(page: Page, content: string): Promise<void> {
  await text(page).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(content);
}

const isValid = (page: Page) => expect(page.getByTestId('text-state')).toHaveAttribute('data-state', 'valid', drawn);

async function save(page: Page): Promise<void> {
  await isValid(page);
  await page.getByTestId('review').click();
  await expect(page.getByTestId('difference')).toBeVisible();
  await page.getByTestId('save').click();
}

test('an administrator makes a dashboard in the browser, sees it as its members will, and loses nothing to others, a reload or a mistake', async ({ page, browser, consoleErrors }) => {
  test.setTimeout(300_000);
  const own = await mkdtemp(join(tmpdir(), 'editor-'));
  const app = await startSecondApp(undefined, { own, port: editorAppPort });
  const other = await browser.newContext();
  try {
    await signIn(page, 'admin');

    await test.step('begins blank', async () => {
      await page.goto(`${app.url}/observability/manage/new`);
      await page.getByLabel('Title').fill('Made here');
      await expect(page.getByLabel('Name')).toHaveValue('made-here');
      await page.getByLabel('Project').selectOption(project);
      await expectAccessible(page);
      await page.getByTestId('begin').click();
      await isValid(page);
    });

    await test.step('an error in PromQL stands at its line, and nothing can be saved', async () => {
      await write(page, dashboard('count by (namespace) (container_memory_working_set_bytes'));
      const problem = page.getByTestId('text-problem');
      await expect(problem).toHaveAttribute('data-line', String(queryLine), drawn);
      await expect(page.getByTestId('review')).toHaveAttribute('aria-disabled', 'true');
      await expect(page.locator('.cm-lint-marker-error')).toBeVisible();
      await problem.getByRole('button').click();
      await expect(page.locator('.cm-activeLine')).toContainText('query: count');
    });

    const preview = page.getByTestId('preview');
    await test.step('corrected, it is drawn: every project for an administrator', async () => {
      await write(page, dashboard(query));
      await isValid(page);
      await expect(preview.getByText('vision-lab')).toBeVisible(drawn);
      await expect(preview.getByText(project, { exact: true })).toBeVisible();
      await expectAccessible(page);
    });

    await test.step('as a member of one project, that project and no other, from the server on', async () => {
      const answered = page.waitForResponse((response) => response.url().includes(`/api/as/${project}/proxy/`) && response.url().endsWith('/query_range'), drawn);
      await page.getByTestId('preview-as').click();
      await page.getByLabel(`Member of ${project}`).click();
      const { data } = (await (await answered).json()) as { data: { result: readonly { readonly metric: Record<string, string> }[] } };
      expect(data.result.map(({ metric }) => metric['namespace'])).toEqual([project]);
      await expect(preview.getByText(project, { exact: true })).toBeVisible(drawn);
      await expect(preview.getByText('vision-lab')).toHaveCount(0);
    });

    await test.step('saved, its members find it', async () => {
      await save(page);
      await expect(page.getByTestId('saved')).toBeVisible(drawn);
      await expect(page).toHaveURL(`${app.url}/observability/manage/edit?project=${project}&name=made-here`);
      const member = await other.newPage();
      await preferAllPanels(member);
      await signIn(member, 'mlops');
      await member.goto(`${app.url}/observability/dashboards`);
      await expect(member.getByTestId('dashboard-card').filter({ hasText: 'Made here' })).toBeVisible(drawn);
      await other.clearCookies();
    });

    await test.step('what is not saved survives a reload', async () => {
      await write(page, dashboard(query, 'Mine'));
      await isValid(page);
      page.on('dialog', (dialog) => void dialog.accept());
      await page.reload();
      await expect(page.getByTestId('draft')).toBeVisible(drawn);
      await expect(text(page)).toContainText('name: Mine');
    });

    await test.step('two at once: the second learns of the first, and both texts are there', async () => {
      const second = await other.newPage();
      await signIn(second, 'admin');
      await second.goto(`${app.url}/observability/manage/edit?project=${project}&name=made-here`);
      await isValid(second);
      await write(second, dashboard(query, 'Theirs'));
      await save(second);
      await expect(second.getByTestId('saved')).toBeVisible(drawn);

      await save(page);
      const conflict = page.getByTestId('conflict-dialog');
      await expect(conflict).toContainText('name: Theirs', drawn);
      await expectAccessible(page);
      await page.getByTestId('keep-mine').click();
      await expect(page.getByTestId('difference')).toContainText('name: Mine');
      await page.getByTestId('save').click();
      await expect(page.getByTestId('saved')).toContainText('version 3', drawn);
      // The browser itself says that a change was refused.
      for (const message of consoleErrors.splice(0)) expect(message).toContain('409');
    });

    await test.step('what somebody else had saved is restored from the history', async () => {
      await page.getByTestId('history').click();
      await expect(page.getByTestId('history-version')).toHaveCount(2, drawn);
      await expectAccessible(page);
      await page.getByTestId('restore').click();
      await expect(page.getByTestId('saved')).toContainText('Version 2 was restored as version 4', drawn);
      await expect(text(page)).toContainText('name: Theirs');
    });

    await test.step('what comes with the product is shown, and duplicated to be changed', async () => {
      await page.goto(`${app.url}/observability/manage/edit?project=opendatahub&name=model-training`);
      await expect(page.getByTestId('fixed')).toContainText('model-training.yaml', drawn);
      await expect(page.getByTestId('review')).toHaveCount(0);
      await page.getByRole('link', { name: 'Duplicate' }).click();
      await expect(page.getByLabel('Title')).toHaveValue(/\(copy\)$/, drawn);
    });
  } finally {
    await other.close();
    await app.stop();
    await rm(own, { recursive: true, force: true });
  }
});
