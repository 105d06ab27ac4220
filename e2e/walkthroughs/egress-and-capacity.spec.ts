/** An administrator finds which workload sent so much in the night, and when GPUs run out, with what the pages show. */
import type { Page } from '@playwright/test';
import { expect, signIn, test } from '../support/fixtures';
import { useByKeyboard } from '../support/keyboard';
import { people, person } from '../support/person';
import { promisedClicks } from '../support/walkthroughs';

const panel = (page: Page, title: string) => page.getByTestId('dashboard-panels').getByTestId('panel').filter({ hasText: title });

for (const { hand, use } of people) {
  test(`an administrator finds which workload sent so much at two in the morning, ${hand}`, async ({ page }) => {
    test.setTimeout(420_000);
    await page.setViewportSize({ width: 1440, height: 2600 });
    await signIn(page, 'admin');
    const administrator = person(page, use);

    await administrator.use(page.getByTestId('dashboard-card').filter({ hasText: 'Platform Overview' }).getByRole('link'));
    const anomaly = panel(page, 'Sent against the usual');
    // The legend names the project and the most that it reached: far above 5.
    const row = anomaly.getByRole('row').filter({ hasText: 'churn-analytics' });
    await expect(row).toBeVisible({ timeout: 60_000 });
    // Filled once the chart's data are there.
    await expect.poll(async () => Number(await row.getByRole('cell').last().textContent())).toBeGreaterThan(5);

    await administrator.use(page.getByTestId('variable-namespace'));
    await administrator.use(page.getByRole('menuitem', { name: 'churn-analytics' }));
    await page.keyboard.press('Escape');
    const link = anomaly.getByRole('link', { name: 'Project usage' });
    await expect(link).toHaveAttribute('href', /var-namespace=churn-analytics/);
    await administrator.use(link);
    await expect(page.getByTestId('dashboard-title')).toHaveText('Project Usage');
    expect(new URL(page.url()).searchParams.getAll('var-namespace')).toEqual(['churn-analytics']);

    const sent = panel(page, 'Network, sent by workload');
    await expect(sent.getByRole('row').filter({ hasText: 'customer-export' })).toContainText(/1\d\d(\.\d+)? ?MB/, { timeout: 60_000 });
    expect(administrator.clicks()).toBe(promisedClicks('What sent so much in the night?'));
  });
}

test('an administrator sees when GPUs run out, with the keyboard alone', async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, 'admin');
  const administrator = person(page, useByKeyboard);
  await administrator.use(page.getByTestId('dashboard-card').filter({ hasText: 'Capacity Trends' }).getByRole('link'));
  const days = panel(page, 'GPUs: days until full');
  await expect(days).toContainText(/\d+/, { timeout: 60_000 });
  const text = (await days.textContent())?.replace(/.*\(days\)/, '') ?? '';
  expect(Number(/\d+/.exec(text)?.[0])).toBeLessThan(90);
  expect(administrator.clicks()).toBe(promisedClicks('When do GPUs run out?'));
});
