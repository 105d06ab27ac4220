/** A dashboard that asks a metrics backend which nobody has configured: said as such, with what to do next. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './support/accessible';
import { chartPanel } from './support/chart-panel';
import { expect, signIn, test } from './support/fixtures';
import { picture } from './support/picture';
import { startSecondApp } from './support/second-app';
import { notConfiguredAppPort } from './support/stack';

const query = 'DCGM_FI_DEV_GPU_UTIL';

const dashboard = {
  kind: 'Dashboard',
  metadata: { name: 'two-backends', project: 'opendatahub', version: 0 },
  spec: {
    display: { name: 'Two backends' },
    duration: '1h',
    panels: { there: chartPanel({ name: 'Configured', query }), missing: chartPanel({ name: 'Not configured', query, datasource: { kind: 'PrometheusDatasource', name: 'elsewhere' } }) },
    layouts: [{ kind: 'Grid', spec: { items: ['there', 'missing'].map((name, index) => ({ x: 12 * index, y: 0, width: 12, height: 10, content: { $ref: `#/spec/panels/${name}` } })) } }],
  },
};

test('a panel whose metrics backend is not configured says so, what to do and where to read on; the others go on', async ({ page }) => {
  test.setTimeout(240_000);
  const own = await mkdtemp(join(tmpdir(), 'two-backends-'));
  await writeFile(join(own, 'two-backends.json'), JSON.stringify(dashboard));
  const app = await startSecondApp(undefined, { own, port: notConfiguredAppPort });
  try {
    await signIn(page, 'scientist');
    await page.goto(`${app.url}/observability/dashboards/opendatahub/two-backends?refresh=0s`);
    const error = page.locator('[data-panel="missing"]').getByTestId('panel-error');
    await expect(error).toHaveAttribute('data-code', 'ERR_DATA_002', { timeout: 60_000 });
    await expect(error).toContainText('Metrics not configured');
    await expect(error).toContainText('Ask an administrator to add the datasource to the configuration');
    await expect(error.getByRole('link', { name: 'About ERR_DATA_002' })).toHaveAttribute('href', '/observability/help#ERR_DATA_002');
    await expect(page.locator('[data-panel="there"]').getByTestId('panel-content')).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
    await picture(page.locator('[data-panel="missing"]'), 'not-configured');
  } finally {
    await app.stop();
    await rm(own, { recursive: true, force: true });
  }
});
