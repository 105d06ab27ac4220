/** Pages and links, as people follow them in the app by itself and in a host: the same steps in both. */
import { errorCatalogue } from '../../lib/contracts/errors';
import { expect, firstPanelDrawn, test } from '../support/host';
import { places } from '../support/places';
import { hostUrl, projectsOf, prometheusUrl } from '../support/stack';

// From signing in to drawn panels, several times over, on a machine that does other things.
test.describe.configure({ timeout: 240_000 });

const dashboardPath = '/observability/dashboards/opendatahub/model-training';

for (const { name, url, react, statusOfUnknown, open, openList, projectPath } of places) {
  test.describe(name, () => {
    for (const user of ['scientist', 'mlops'] as const) {
      test(`${user} goes to the list, to a dashboard, to data of their own projects, and back`, async ({ page }) => {
        // Each copy of React DOM presents itself to React's developer tools when it is loaded.
        await page.addInitScript(() => {
          const versions: string[] = [];
          const nothing = () => undefined;
          const inject = ({ version }: { version: string }) => versions.push(version);
          Object.assign(window, {
            versions,
            __REACT_DEVTOOLS_GLOBAL_HOOK__: { supportsFiber: true, isDisabled: false, checkDCE: nothing, inject, onCommitFiberRoot: nothing, onCommitFiberUnmount: nothing, onPostCommitFiberRoot: nothing, onScheduleFiberRoot: nothing },
          });
        });
        const namespaces = new Set<string>();
        page.on('response', (response) => {
          if (!response.url().endsWith('/query_range')) return;
          // Prometheus's own format.
          void (response.json() as Promise<{ data: { result: { metric: { namespace?: string } }[] } }>).then(({ data }) =>
            data.result.forEach(({ metric }) => metric.namespace !== undefined && namespaces.add(metric.namespace)),
          );
        });
        await openList(page, user);
        await page.getByTestId('dashboard-card').filter({ hasText: 'Model Training Metrics' }).getByRole('link').click();
        await expect(page.getByTestId('dashboard-title')).toHaveText('Model Training Metrics');
        expect(page.url()).toBe(url + dashboardPath);
        await firstPanelDrawn(page);
        await expect.poll(() => namespaces.size, { timeout: 60_000 }).toBeGreaterThan(0);
        for (const namespace of namespaces) expect(projectsOf[user]).toContain(namespace);
        await expect(page).toHaveTitle(/Model Training Metrics/);
        const versions = await page.evaluate(() => (window as unknown as { versions: string[] }).versions);
        expect(versions).toEqual([expect.stringMatching(react)]);

        await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Dashboards' }).click();
        await expect(page.getByTestId('dashboard-card').first()).toBeVisible();
        expect(page.url()).toBe(`${url}/observability/dashboards`);
        await expect(page).toHaveTitle(/^Dashboards/);
      });
    }

    test('an administrator manages dashboards: the list, a definition with its preview, and the visual editor', async ({ page }) => {
      await open(page, 'admin', '/observability/manage');
      await expect(page.getByTestId('manage').getByText('Model Training Metrics').first()).toBeVisible({ timeout: 60_000 });
      await page.goto(`${url}/observability/manage/edit?project=opendatahub&name=model-training`);
      await expect(page.getByTestId('fixed')).toContainText('model-training.yaml', { timeout: 60_000 });
      await expect(page.getByTestId('preview').locator('canvas').first()).toBeVisible({ timeout: 60_000 });

      // This installation keeps no dashboards of its own: the page is told that this one can be changed, and nothing is saved.
      await page.route('**/api/manage/dashboards/opendatahub/model-training', async (route) => {
        const response = await route.fetch();
        const { managed, ...rest } = (await response.json()) as { readonly managed: object };
        await route.fulfill({ response, json: { managed: { ...managed, fixedBy: undefined }, ...rest } });
      });
      await page.reload();
      await page.getByRole('button', { name: 'Visual editor' }).click();
      if (url === hostUrl) {
        await expect(page.getByTestId('visual-elsewhere')).toBeVisible({ timeout: 60_000 });
        return;
      }
      const visual = page.getByTestId('visual-editor');
      await expect(visual.getByRole('button', { name: 'Add panel', exact: true })).toBeVisible({ timeout: 60_000 });
      await expect(visual.locator('canvas').first()).toBeVisible({ timeout: 60_000 });
    });

    test('a short address opens its dashboard, what it does not know is left out, and back leads to where one came from', async ({ page }) => {
      await open(page, 'scientist', '/observability/training?namespace=llm-research&job=llama-finetune&start=6h&utm_source=mail');
      await page.waitForURL(`${url}${dashboardPath}?var-namespace=llm-research&var-job=llama-finetune&start=6h`);
      await expect(page.getByTestId('dashboard-title')).toHaveText('Model Training Metrics');
      await expect(page.getByTestId('variable-namespace')).toHaveText('llm-research');
      await expect(page.getByTestId('variable-job')).toHaveText('llama-finetune');
      await expect(page.getByTestId('time-range')).toHaveText('Last 6 hours');

      await page.goto(`${url}/observability`);
      await expect(page.getByTestId('dashboard-card').first()).toBeVisible();
      await page.goto(`${url}/observability/training?job=mistral-pretrain`);
      await expect(page.getByTestId('variable-job')).toHaveText('mistral-pretrain');
      await page.goBack();
      await expect(page.getByTestId('dashboard-card').first()).toBeVisible();
      expect(page.url()).toBe(`${url}/observability`);
    });

    test('an address that stands for nothing, and a dashboard that is not there, say so, explain themselves and offer the list', async ({ page, consoleErrors }) => {
      await open(page, 'scientist');
      const response = await page.goto(`${url}/observability/kitchen?namespace=llm-research`);
      expect(response?.status()).toBe(statusOfUnknown);
      await expect(page.getByTestId('unknown-page')).toContainText('“kitchen”');
      await page.getByRole('link', { name: 'Go to the list of dashboards' }).click();
      await expect(page.getByTestId('dashboard-card').first()).toBeVisible();

      await page.goto(`${url}/observability/dashboards/opendatahub/kitchen`);
      await expect(page.getByTestId('error-state')).toHaveAttribute('data-code', 'ERR_DASH_001');
      await page.getByRole('link', { name: 'About ERR_DASH_001' }).click();
      for (const code of ['ERR_DASH_001', 'ERR_QUERY_003'] as const) {
        const section = page.getByTestId('help-entry').filter({ hasText: `(${code})` });
        await expect(section).toBeFocused();
        await expect(section.getByRole('heading')).toBeInViewport();
        await expect(section).toContainText(errorCatalogue[code].remedy);
        expect(page.url()).toBe(`${url}/observability/help#${code}`);
        if (code === 'ERR_DASH_001') await page.getByRole('link', { name: 'ERR_QUERY_003' }).click();
      }
      await page.goBack();
      await page.goBack();
      await page.getByRole('link', { name: 'Go to the list of dashboards' }).click();
      await expect(page.getByTestId('dashboard-card').first()).toBeVisible();
      // The browser reports the 404 that this test asked for.
      consoleErrors.splice(0);
    });

    test('the figures of a project are what Prometheus answers, and lead to the dashboards behind them', async ({ page, request }) => {
      const summary = page.waitForResponse((response) => response.url().includes('/api/summary?'));
      await open(page, 'scientist', projectPath('llm-research'));
      await expect(page.getByTestId('summary-panel')).toHaveAttribute('data-namespace', 'llm-research');
      // The route answers a summary; the test reads its time only.
      const { time } = (await (await summary).json()) as { time: number };
      for (const [figure, query] of [
        ['trainingJobs', 'count(count by (job_name) (odh_training_loss{namespace="llm-research"}))'],
        ['gpuUtilization', 'avg(DCGM_FI_DEV_GPU_UTIL{namespace="llm-research"})'],
      ] as const) {
        const direct = await request.get(`${prometheusUrl}/api/v1/query`, { params: { query, time: String(time / 1000) } });
        const { data } = (await direct.json()) as { data: { result: { value: [number, string] }[] } };
        const expected = Number(data.result[0]?.value[1]);
        expect(expected).toBeGreaterThan(0);
        await expect(page.getByTestId(`figure-${figure}`).getByTestId('figure-value')).toHaveAttribute('data-value', String(expected));
      }
      await page.getByRole('link', { name: 'Training metrics' }).click();
      await expect(page.getByTestId('dashboard-viewer')).toHaveAttribute('data-dashboard', 'model-training');
      await expect(page.getByTestId('variable-namespace')).toHaveText('llm-research');
      await page.goBack();
      await expect(page.getByTestId('figure-trainingJobs').getByTestId('figure-value')).toBeVisible();
      expect(page.url()).toBe(url + projectPath('llm-research'));
    });

    test('a model that a project serves is one click from its metrics', async ({ page }) => {
      await open(page, 'mlops', projectPath('fraud-detection'));
      await page.getByTestId('summary-model').getByRole('link', { name: 'fraud-scorer' }).click();
      await expect(page.getByTestId('dashboard-viewer')).toHaveAttribute('data-dashboard', 'model-serving');
      await expect(page.getByTestId('variable-model')).toHaveText('fraud-scorer');
      expect(new URL(page.url()).search).toBe('?var-namespace=fraud-detection&var-model=fraud-scorer');
      await firstPanelDrawn(page);
    });
  });
}
