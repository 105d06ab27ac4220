/** What outlives a new version and the way back to the old one: dashboards, settings and preferences on the volume, and the sign-in in the browser. */
import type { APIResponse } from '@playwright/test';
import { signInAtProvider } from '../../e2e/support/sign-in';
import { expect, laterVersion, test } from './fixtures';

test.describe.configure({ timeout: 300_000 });

const dashboard = (title: string, version: number) => ({
  kind: 'Dashboard',
  metadata: { name: 'made-here', project: 'fraud-detection', version },
  spec: { display: { name: title }, duration: '1h', variables: [], layouts: [], panels: {} },
});

test('dashboards with their versions, settings, preferences and the sign-in are there after an upgrade, after the way back, and after the next upgrade', async ({ page, site, consoleErrors }) => {
  const { appUrl } = site;
  // The same cookies as the page; a change with a cookie says where it comes from.
  const send = (method: 'GET' | 'POST' | 'PUT', path: string, data?: unknown): Promise<APIResponse> => page.request.fetch(appUrl + path, { method, headers: { origin: appUrl }, ...(data === undefined ? {} : { data }) });
  const read = async (path: string): Promise<unknown> => {
    const response = await send('GET', path);
    expect(response.status(), await response.text()).toBe(200);
    return response.json();
  };
  const change = async (method: 'POST' | 'PUT', path: string, data: unknown): Promise<void> => {
    const response = await send(method, path, data);
    expect(response.status(), await response.text()).toBe(200);
  };
  const version = async (): Promise<string | undefined> => /odh_observability_build_info\{version="([^"]+)"\}/.exec(await (await send('GET', '/metrics')).text())?.[1];
  const own = '/api/v1/projects/fraud-detection/dashboards/made-here';
  const kept = async () => {
    const { settings, dashboards } = (await read('/api/manage/dashboards')) as { settings: unknown; dashboards: { name: string; state: string }[] };
    const { timeZone, favourites, density } = ((await read('/api/preferences')) as { preferences: Record<string, unknown> }).preferences;
    return {
      dashboard: await read(own),
      versions: await read('/api/manage/dashboards/fraud-detection/made-here/history'),
      settings,
      disabled: dashboards.filter(({ state }) => state === 'disabled').map(({ name }) => name),
      // The page keeps others there by itself.
      preferences: { timeZone, favourites, density },
    };
  };

  await site.deploy('before');
  await page.goto(`${appUrl}/observability/dashboards`);
  await page.waitForURL((url) => url.origin === site.issuer);
  await signInAtProvider(page, 'admin', appUrl);
  expect(await version()).not.toBe(laterVersion);
  await change('POST', '/api/v1/projects/fraud-detection/dashboards', dashboard('As it was', 0));
  await change('PUT', own, dashboard('Made in the old version', 1));
  await change('PUT', '/api/manage/settings', { version: 0, dashboards: { 'opendatahub/cost': { enabled: false } }, homes: { everyone: 'fraud-detection/made-here' } });
  await change('PUT', '/api/preferences', { timeZone: 'UTC', favourites: ['fraud-detection/made-here'] });
  const before = await kept();
  expect(before).toMatchObject({ dashboard: { spec: { display: { name: 'Made in the old version' } }, metadata: { version: 2 } }, disabled: ['cost'], preferences: { timeZone: 'UTC' } });

  await site.deploy('after');
  expect(await version()).toBe(laterVersion);
  // The page that was open goes on, signed in.
  await page.reload();
  await expect(page.getByTestId('dashboard-card').first()).toBeVisible({ timeout: 60_000 });
  expect(await kept()).toEqual(before);
  await change('PUT', own, dashboard('Made in the new version', 2));
  await change('PUT', '/api/preferences', { favourites: ['opendatahub/cost'], density: 'compact' });
  const newer = await kept();
  expect(newer).toMatchObject({ dashboard: { spec: { display: { name: 'Made in the new version' } } }, preferences: { timeZone: 'UTC', favourites: ['opendatahub/cost'], density: 'compact' } });

  await site.deploy('before');
  expect(await version()).not.toBe(laterVersion);
  await page.reload();
  await expect(page.getByTestId('dashboard-card').first()).toBeVisible({ timeout: 60_000 });
  // What the old version knows, and nothing of it is another.
  expect(await kept()).toEqual({ ...newer, preferences: { timeZone: 'UTC', favourites: ['opendatahub/cost'] } });
  await change('PUT', own, dashboard('Made in the old version again', 3));

  await site.deploy('after');
  const last = await kept();
  // Where nobody changed it meanwhile, it is as the new version left it.
  expect(last).toMatchObject({ dashboard: { spec: { display: { name: 'Made in the old version again' } }, metadata: { version: 4 } }, settings: newer.settings, preferences: newer.preferences });
  // While one server took the place of the other, the page may have asked in vain.
  consoleErrors.splice(0);
});
