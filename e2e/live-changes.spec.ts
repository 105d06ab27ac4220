/** Dashboards that change in their source while somebody looks at them. */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, signIn, test } from './support/fixtures';
import { startSecondApp } from './support/second-app';
import { changingAppPort } from './support/stack';

/** One panel, in a row by itself, and a variable to choose from. */
const dashboard = (panelTitle: string) => ({
  kind: 'Dashboard',
  metadata: { name: 'changing', project: 'opendatahub', version: 0 },
  spec: {
    display: { name: 'Changing' },
    duration: '1h',
    variables: [{ kind: 'ListVariable', spec: { name: 'kind', allowMultiple: false, allowAllValue: false, plugin: { kind: 'StaticListVariable', spec: { values: ['first', 'second'] } } } }],
    panels: { it: { kind: 'Panel', spec: { display: { name: panelTitle }, plugin: { kind: 'Markdown', spec: { text: 'chosen: $kind' } }, queries: [] } } },
    layouts: [{ kind: 'Grid', spec: { items: [{ x: 0, y: 0, width: 24, height: 6, content: { $ref: '#/spec/panels/it' } }] } }],
  },
});

test('a dashboard that is changed in its folder is drawn anew in an open browser, without a reload and with the view as it was', async ({ page, consoleErrors }) => {
  const own = await mkdtemp(join(tmpdir(), 'changing-'));
  /** As an editor, or Git, puts a file in the place of another. */
  const put = async (panelTitle: string): Promise<void> => {
    await writeFile(join(own, '.next'), JSON.stringify(dashboard(panelTitle)));
    await rename(join(own, '.next'), join(own, 'changing.json'));
  };
  await put('Before');
  const app = await startSecondApp(undefined, { own, port: changingAppPort });
  try {
    await signIn(page, 'scientist');
    await page.goto(`${app.url}/observability/dashboards/opendatahub/changing?start=6h&var-kind=second`);
    const panels = page.getByTestId('dashboard-panels');
    await expect(panels.getByText('Before')).toBeVisible();
    await expect(panels.getByText('chosen: second')).toBeVisible();
    // Lost if the page is loaded again.
    await page.evaluate(() => Object.assign(window, { stillHere: true }));

    const seen: number[] = [];
    for (const title of ['Changed once', 'Changed twice', 'Changed three times']) {
      const changed = Date.now();
      await put(title);
      await expect(panels.getByText(title)).toBeVisible({ timeout: 30_000 });
      seen.push(Date.now() - changed);
    }
    console.log(`a change in the folder was seen in the open browser after ${seen.map((milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`).join(', ')}`);
    await expect(panels.getByText('chosen: second')).toBeVisible();
    expect(await page.evaluate(() => 'stillHere' in window)).toBe(true);
    expect(new URL(page.url()).search).toBe('?start=6h&var-kind=second');

    await rm(join(own, 'changing.json'));
    await expect(page.getByTestId('error-state')).toHaveAttribute('data-code', 'ERR_DASH_001', { timeout: 30_000 });
    // The browser itself says that it was answered so.
    for (const message of consoleErrors.splice(0)) expect(message).toContain('404');
  } finally {
    await app.stop();
    await rm(own, { recursive: true, force: true });
  }
});
