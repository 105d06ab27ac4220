/** The app inside a host that loads it as ODH Dashboard does: its pages, its parts, and what it leaves behind. */
import { expect, firstPanelDrawn, openList, panels, signInToHost, test } from './support/host';
import { isDrawn } from './support/painted';
import { openDashboard } from './support/opening';
import { hostUrl } from './support/stack';

// From signing in to drawn panels, several times over, on a machine that does other things.
test.describe.configure({ timeout: 240_000 });

const dashboardPath = '/observability/dashboards/opendatahub/model-training';

test('the page uses one React, one router and one PatternFly, all of the host', async ({ page }) => {
  // Each copy of React DOM presents itself to React's developer tools when it is loaded.
  await page.addInitScript(() => {
    const renderers: unknown[] = [];
    const nothing = () => undefined;
    Object.assign(window, {
      renderers,
      __REACT_DEVTOOLS_GLOBAL_HOOK__: { supportsFiber: true, isDisabled: false, checkDCE: nothing, inject: (renderer: unknown) => renderers.push(renderer), onCommitFiberRoot: nothing, onCommitFiberUnmount: nothing, onPostCommitFiberRoot: nothing, onScheduleFiberRoot: nothing },
    });
  });
  await signInToHost(page, 'scientist', dashboardPath);
  await firstPanelDrawn(page);
  expect(await page.evaluate(() => (window as unknown as { renderers: unknown[] }).renderers.length)).toBe(1);

  const shared = await page.evaluate(() => {
    // Module federation's runtime, on the page of every host that uses it.
    const federation = (window as unknown as { __FEDERATION__: { __INSTANCES__: { shareScopeMap: { default: Record<string, Record<string, { useIn: string[] }>> } }[] } }).__FEDERATION__;
    const scopes = federation.__INSTANCES__.map(({ shareScopeMap }) => shareScopeMap.default);
    return ['react', 'react-dom', 'react-router-dom', '@patternfly/react-core'].map((name) => {
      const versions = scopes.flatMap((scope) => Object.entries(scope[name] ?? {}));
      return { name, versions: [...new Set(versions.map(([version]) => version))], users: [...new Set(versions.flatMap(([, { useIn }]) => useIn))].sort() };
    });
  });
  for (const { name, versions, users } of shared) {
    expect(versions, name).toHaveLength(1);
    expect(users, name).toEqual(['app', 'odhObservability']);
  }
  // The host's base stylesheet is the only one that defines PatternFly's tokens.
  const definitions = await page.evaluate(() => [...document.styleSheets].filter((sheet) => [...sheet.cssRules].some((rule) => rule.cssText.includes('--pf-t--global--font--size--body--sm:'))).length);
  expect(definitions).toBe(1);
});

test('nothing of ours styles what is the host\'s', async ({ page }) => {
  await signInToHost(page, 'scientist');
  const look = () =>
    page.evaluate(() =>
      ['body', 'h1', 'a', 'button', 'nav', 'main', 'p'].map((selector) => {
        const element = document.querySelector(selector);
        if (element === null) return selector;
        const { font, color, margin, padding, boxSizing, lineHeight, letterSpacing, backgroundColor } = getComputedStyle(element);
        return { selector, font, color, margin, padding, boxSizing, lineHeight, letterSpacing, backgroundColor };
      }),
    );
  await page.getByRole('link', { name: 'Home' }).click();
  const before = await look();
  await openList(page);
  await page.getByTestId('dashboard-card').first().getByRole('link').click();
  await firstPanelDrawn(page);
  const global = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLStyleElement>('style[data-emotion]')]
      .flatMap(({ sheet }) => [...(sheet?.cssRules ?? [])])
      .filter((rule) => rule instanceof CSSStyleRule && rule.selectorText.split(/,(?![^(]*\))/).some((selector) => !selector.includes('.odh-obs-')))
      .map(({ cssText }) => cssText),
  );
  expect(global).toEqual([]);
  await page.getByRole('link', { name: 'Home' }).click();
  await page.mouse.move(0, 0);
  await expect.poll(look).toEqual(before);
});

test('charts and cards follow the host into the dark and back, without loading the page anew', async ({ page }) => {
  await signInToHost(page, 'scientist', dashboardPath);
  const panel = panels(page).first();
  await firstPanelDrawn(page);
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  const background = () => panel.evaluate((element) => getComputedStyle(element).backgroundColor);
  const light = await background();
  await page.getByText('Dark').click();
  await expect.poll(background).not.toBe(light);
  await expect.poll(() => isDrawn(panel)).toBe(true);
  await page.getByText('Dark').click();
  await expect.poll(background).toBe(light);
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
});

test('back leads to the host page that one came from, as it was', async ({ page }) => {
  await signInToHost(page, 'scientist');
  await page.getByRole('link', { name: 'Projects' }).click();
  await page.getByLabel('Filter projects').fill('llm');
  await openList(page);
  await page.getByTestId('dashboard-card').filter({ hasText: 'Model Training Metrics' }).getByRole('link').click();
  await expect(page.getByTestId('dashboard-title')).toBeVisible();
  await page.goBack();
  await expect(page.getByTestId('dashboard-card').first()).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel('Filter projects')).toHaveValue('llm');
});

test('"View metrics" of a deployed model is one click from its serving dashboard', async ({ page }) => {
  await signInToHost(page, 'mlops', '/ai-hub/models/deployments');
  await page.getByTestId('deployment-fraud-scorer').getByRole('link', { name: /View metrics/ }).click();
  await expect(page.getByTestId('dashboard-viewer')).toHaveAttribute('data-dashboard', 'model-serving');
  await expect.poll(() => new URL(page.url()).search).toBe('?var-namespace=fraud-detection&var-model=fraud-scorer');
  await expect(page.getByTestId('variable-model')).toHaveText('fraud-scorer');
  await page.goBack();
  await expect(page.getByTestId('deployment-fraud-scorer')).toBeVisible();
});

test('a tab of a project shows the compact form of a dashboard, about that project', async ({ page }) => {
  await signInToHost(page, 'scientist', '/projects/llm-research?section=odh-observability');
  await firstPanelDrawn(page);
  await expect(page.getByTestId('viewer-toolbar')).toBeVisible();
  await expect(page.getByTestId('dashboard-title')).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toBeHidden();
  await expect(page.getByTestId('variable-namespace')).toHaveText('llm-research');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('llm-research');
  expect(page.url()).toBe(`${hostUrl}/projects/llm-research?section=odh-observability`);
});

test('the first panel of a dashboard takes less than 350 KB of code', async ({ page }, { annotations }) => {
  await signInToHost(page, 'scientist');
  await expect(page.getByRole('link', { name: 'Workload dashboards' })).toBeVisible();
  const { code, data, requests } = await openDashboard(page, `${dashboardPath}?start=1h`);
  const figures = `${(code / 1024).toFixed(0)} KB of code and ${(data / 1024).toFixed(0)} KB of data in ${requests} requests`;
  annotations.push({ type: 'first panel', description: figures });
  expect(code / 1024, figures).toBeLessThan(350);
  expect(code / 1024, 'code is counted at all').toBeGreaterThan(50);
});
