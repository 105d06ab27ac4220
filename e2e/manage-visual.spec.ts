/** Changing a dashboard with Perses's own editor, over the same text. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { dashboardSchema } from '../lib/contracts/dashboard';
import { expectAccessible } from './support/accessible';
import { expect, signIn, test } from './support/fixtures';
import { startSecondApp } from './support/second-app';
import { visualAppPort } from './support/stack';

const project = 'fraud-detection';
const name = 'made-visually';
const drawn = { timeout: 60_000 };
const query = 'count by (namespace) (container_memory_working_set_bytes)';

const panels = {
  pods: {
    kind: 'Panel',
    spec: {
      display: { name: 'Containers (containers)' },
      plugin: { kind: 'TimeSeriesChart', spec: { legend: { position: 'bottom' } } },
      queries: [{ kind: 'TimeSeriesQuery', spec: { plugin: { kind: 'PrometheusTimeSeriesQuery', spec: { query, seriesNameFormat: '{{namespace}}' } } } }],
    },
  },
};
const layouts = [{ kind: 'Grid', spec: { items: [{ x: 0, y: 0, width: 12, height: 8, content: { $ref: '#/spec/panels/pods' } }] } }];
const stored = { kind: 'Dashboard', metadata: { name, project, version: 1 }, spec: { display: { name: 'Made visually' }, duration: '1h', panels, layouts } };

/** Takes something with the mouse and lets it go elsewhere, as a hand does: with steps between. */
async function drag(page: Page, handle: Locator, right: number, down: number): Promise<void> {
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (box === null) throw new Error('There is nothing to be dragged.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + right / 2, y + down / 2, { steps: 10 });
  await page.mouse.move(x + right, y + down, { steps: 10 });
  await page.mouse.up();
}

test('a panel, a variable and the layout are changed visually, written into the text, saved, and seen by viewers', async ({ page }) => {
  test.setTimeout(300_000);
  const own = await mkdtemp(join(tmpdir(), 'visual-'));
  await writeFile(join(own, `${project}.${name}.json`), JSON.stringify(stored));
  const app = await startSecondApp(undefined, { own, port: visualAppPort + test.info().repeatEachIndex });
  const visual = page.getByTestId('visual-editor');
  try {
    await signIn(page, 'admin');

    await test.step('the text is shown in Perses’s editor', async () => {
      await page.goto(`${app.url}/observability/manage/edit?project=${project}&name=${name}`);
      await page.getByRole('button', { name: 'Visual editor' }).click();
      await expect(visual.getByRole('button', { name: 'Add panel', exact: true })).toBeVisible(drawn);
      await expect(visual.getByText('vision-lab')).toBeVisible(drawn);
      await expectAccessible(page);
    });

    await test.step('title and query of a panel', async () => {
      await visual.getByRole('button', { name: 'edit panel Containers (containers)' }).click();
      const panel = page.getByTestId('panel-editor');
      await panel.getByLabel('Name').fill('Memory (bytes)');
      await panel.getByLabel('PromQL expression').click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.insertText('max by (namespace) (container_memory_working_set_bytes)');
      await expectAccessible(page);
      await panel.getByRole('button', { name: 'Apply' }).click();
      await expect(panel).toBeHidden(drawn);
      await expect(visual.getByRole('heading', { name: 'Memory (bytes)' })).toBeVisible();
    });

    await test.step('a variable', async () => {
      await visual.getByRole('button', { name: 'Edit variables' }).click();
      const variables = page.getByTestId('variable-editor');
      await variables.getByRole('button', { name: 'Add Variable' }).click();
      await variables.getByLabel('Name').fill('model');
      await variables.getByRole('textbox', { name: 'Value' }).fill('any');
      await variables.getByRole('button', { name: 'Add', exact: true }).click();
      await variables.getByRole('button', { name: 'Apply' }).click();
      await expect(visual.getByTestId('variable-model')).toBeVisible(drawn);
    });

    await test.step('moved and made higher', async () => {
      const { width = 0 } = (await visual.boundingBox()) ?? {};
      await drag(page, visual.getByRole('button', { name: 'move panel Memory (bytes)' }), width / 2, 0);
      await drag(page, visual.locator('.react-resizable-handle'), 0, 160);
    });

    await test.step('as a member of a project, that project and no other, from the server on', async () => {
      await page.getByTestId('preview-as').click();
      await page.getByLabel(`Member of ${project}`).click();
      await expect(visual.getByText(project, { exact: true })).toBeVisible(drawn);
      await expect(visual.getByText('vision-lab')).toHaveCount(0);
    });

    await test.step('the difference says so, and it is stored', async () => {
      await expect(page.getByTestId('text-state')).toHaveAttribute('data-state', 'valid', drawn);
      await page.getByTestId('review').click();
      const difference = page.getByTestId('difference');
      for (const changed of ['name: Memory (bytes)', 'query: max by', 'name: model']) await expect(difference.locator('[data-kind="added"]', { hasText: changed })).toBeVisible();
      await page.getByTestId('save').click();
      await expect(page.getByTestId('saved')).toContainText('version 2', drawn);
      const saved = dashboardSchema.parse(await (await page.request.get(`${app.url}/api/v1/projects/${project}/dashboards/${name}`)).json());
      const [item] = saved.spec.layouts[0]?.spec.items ?? [];
      expect(item?.x).toBeGreaterThan(0);
      expect(item?.height).toBeGreaterThan(8);
      expect(saved.spec.variables).toMatchObject([{ kind: 'TextVariable', spec: { name: 'model', value: 'any' } }]);
      // What was saved is still what the editor shows: it does not begin anew.
      await expect(visual.getByRole('heading', { name: 'Memory (bytes)' })).toBeVisible();
    });

    await test.step('viewers have it', async () => {
      await page.goto(`${app.url}/observability/dashboards/${project}/${name}`);
      await expect(page.getByRole('heading', { name: 'Memory (bytes)' })).toBeVisible(drawn);
      await expect(page.getByText('vision-lab').first()).toBeVisible(drawn);
    });
  } finally {
    await app.stop();
    await rm(own, { recursive: true, force: true });
  }
});
