/** Everything with the keyboard alone: each stop can be seen, nothing holds the focus, and what closes gives it back. */
import type { Page } from '@playwright/test';
import { expect, signIn, test } from './support/fixtures';
import { expectFocusVisible, focusOf, reach, useByKeyboard } from './support/keyboard';

const training = '/observability/dashboards/opendatahub/model-training';

test.describe.configure({ timeout: 300_000 });

/** Presses Tab from the top of the page until it comes back there; with what had the focus on the way. */
async function tabThrough(page: Page): Promise<string[]> {
  const stops: string[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const { on } = await focusOf(page);
    // Behind the last stop is the browser itself.
    if (on === undefined || (stops.length > 0 && on === stops[0])) return stops;
    await expectFocusVisible(page);
    stops.push(on);
    expect(stops.length, 'the way through the page ends').toBeLessThan(400);
  }
}

test('Tab goes through the list and through a dashboard, in the order of the page, and out of them', async ({ page }) => {
  await signIn(page, 'scientist');
  await expect(page.getByTestId('dashboard-card').first()).toBeVisible({ timeout: 60_000 });
  const inList = await tabThrough(page);
  const order = (stops: readonly string[], wanted: readonly RegExp[]): number[] => wanted.map((name) => stops.findIndex((stop) => name.test(stop)));
  const listOrder = order(inList, [/Skip to content/, /Scientist/, /Platform status/, /Next$/, /Search dashboards/, /Category/, /Order of the dashboards/, /A Model Training Metrics/]);
  expect(listOrder).not.toContain(-1);
  expect(listOrder).toEqual([...listOrder].sort((a, b) => a - b));

  await page.goto(`${training}?refresh=0s`);
  await expect(page.getByTestId('panel-content').first()).toBeVisible({ timeout: 90_000 });
  const inDashboard = await tabThrough(page);
  const dashboardOrder = order(inDashboard, [/Skip to content/, /A Dashboards/, /Project/, /Training job/, /Time range/, /Refresh now/, /Description of GPU utilization/, /More for Training loss/]);
  expect(dashboardOrder).not.toContain(-1);
  expect(dashboardOrder).toEqual([...dashboardOrder].sort((a, b) => a - b));
});

test('menus, dialogs, the drawer, the full page and the wall screen are left by keyboard, and the focus is where it was', async ({ page }) => {
  await signIn(page, 'scientist', `${training}?refresh=0s`);
  const loss = page.getByTestId('dashboard-panels').getByTestId('panel').filter({ hasText: 'Training loss' });
  await expect(loss.getByTestId('panel-content')).toBeVisible({ timeout: 90_000 });

  await test.step('the explanation', async () => {
    await useByKeyboard(page, page.getByTestId('help-toggle'));
    await expect.poll(() => page.getByTestId('dashboard-help').evaluate((drawer) => drawer.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('dashboard-help')).toBeHidden();
    await expect(page.getByTestId('help-toggle')).toBeFocused();
  });

  await test.step('a menu, and the dialog behind one of its choices', async () => {
    const timeRange = page.getByTestId('time-range');
    await useByKeyboard(page, timeRange);
    await reach(page, page.getByRole('option', { name: 'Last 6 hours' }));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('option', { name: 'Last 6 hours' })).toBeHidden();
    await expect(timeRange).toBeFocused();

    await useByKeyboard(page, timeRange);
    await useByKeyboard(page, page.getByRole('option', { name: 'Custom range…' }));
    const dialog = page.getByTestId('custom-time-range');
    await expect(dialog).toBeVisible();
    await reach(page, dialog.getByRole('button', { name: 'From: calendar' }));
    await page.keyboard.press('Enter');
    const calendar = page.getByRole('dialog', { name: 'From: calendar' });
    await expect.poll(() => calendar.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('ArrowLeft');
    await expectFocusVisible(page);
    await page.keyboard.press('Escape');
    await expect(calendar).toBeHidden();
    await expect(dialog.getByRole('button', { name: 'From: calendar' })).toBeFocused();
    // Round in the dialog, and not out of it behind its back.
    await reach(page, dialog.getByRole('button', { name: 'Cancel' }));
    await page.keyboard.press('Tab');
    await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(timeRange).toBeFocused();
  });

  await test.step('what a panel says of itself', async () => {
    const description = loss.getByRole('button', { name: /^Description of/ });
    await useByKeyboard(page, description);
    await expect(page.getByRole('dialog').filter({ hasText: 'Healthy' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(description).toBeFocused();
  });

  await test.step('a panel on the full page, with its menu and its queries', async () => {
    const expand = loss.getByTestId('panel-expand');
    await useByKeyboard(page, expand);
    await expect(page.getByTestId('panel').filter({ visible: true })).toHaveCount(1);
    await expect(expand).toBeFocused();
    const menu = loss.getByTestId('panel-menu');
    await useByKeyboard(page, menu);
    await expect(page.getByTestId('panel-menu-details')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('panel-menu-details')).toBeHidden();
    await expect(menu).toBeFocused();
    await useByKeyboard(page, menu);
    await useByKeyboard(page, page.getByTestId('panel-menu-details'));
    await expect(page.getByTestId('panel-details')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('panel-details')).toBeHidden();
    await expect(menu).toBeFocused();
    // Each Escape closed one thing; the next one leaves the full page.
    await expect(page.getByTestId('panel').filter({ visible: true })).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('panel').filter({ visible: true })).not.toHaveCount(1);
    await expectFocusVisible(page);
    await expect(menu).toBeFocused();
  });

  await test.step('the figures as a table, and the chart again', async () => {
    await useByKeyboard(page, loss.getByTestId('panel-menu'));
    await useByKeyboard(page, page.getByTestId('panel-menu-table'));
    await expect(loss.getByTestId('panel-menu')).toBeFocused();
    await useByKeyboard(page, loss.getByRole('button', { name: 'Latest' }));
    await expect(loss.getByRole('columnheader', { name: 'Latest' })).toHaveAttribute('aria-sort', 'ascending');
    await useByKeyboard(page, loss.getByTestId('panel-menu'));
    await useByKeyboard(page, page.getByTestId('panel-menu-table'));
    await expect(loss.getByTestId('panel-menu')).toBeFocused();
  });

  await test.step('the wall screen', async () => {
    await useByKeyboard(page, page.getByTestId('viewer-menu'));
    await reach(page, page.getByTestId('viewer-kiosk'));
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('kiosk-bar')).toBeVisible({ timeout: 60_000 });
    await useByKeyboard(page, page.getByTestId('kiosk-leave'));
    await expect(page.getByTestId('dashboard-title').locator('..')).toBeFocused();
  });
});
