/** What assistive technology meets: checked by axe on each page, and the way through a dashboard by keyboard alone. */
import AxeBuilder from '@axe-core/playwright';
import { expect, signIn, test } from './support/fixtures';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const dashboardPath = '/observability/dashboards/opendatahub/model-training';

for (const { name, path, ready } of [
  { name: 'the list', path: '/observability', ready: 'dashboard-card' },
  { name: 'a dashboard', path: dashboardPath, ready: 'panel' },
  { name: 'a dashboard of a foreign project', path: `${dashboardPath}?var-namespace=fraud-detection`, ready: 'no-access-alert' },
  { name: 'an unknown dashboard', path: '/observability/dashboards/opendatahub/none', ready: 'error-state' },
]) {
  test(`axe finds nothing on ${name}`, async ({ page, consoleErrors }) => {
    await signIn(page, 'scientist', path);
    await expect(page.getByTestId(ready).first()).toBeVisible();
    await expect(page.getByTestId('viewer-loading')).toBeHidden();
    const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    // The page of an unknown dashboard asks for something that is not there.
    if (ready === 'error-state') consoleErrors.splice(0);
  });
}

test('axe finds nothing on the help and the sign-in page, which need no session', async ({ page }) => {
  for (const path of ['/observability/help', '/signin?signedOut=1', '/signin?error=Callback']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
    expect(violations.map(({ id, nodes }) => ({ path, id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
  }
});

test('a training job can be chosen with the keyboard alone', async ({ page }) => {
  await signIn(page, 'scientist', dashboardPath);
  await expect(page.getByTestId('variable-job')).toBeVisible();
  await page.getByTestId('variable-job').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'llama-finetune' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect.poll(() => new URL(page.url()).searchParams.getAll('var-job').length).toBe(1);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('variable-job')).toBeFocused();
});
