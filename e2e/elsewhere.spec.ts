/** A person in another country: figures as they write them, and times in a zone that is not the browser's. */
import { expect, signIn, test } from './support/fixtures';

const training = '/observability/dashboards/opendatahub/model-training';

test.use({ locale: 'de-DE', timezoneId: 'America/New_York' });
test.describe.configure({ timeout: 240_000 });

test('a browser that writes German and is in New York shows its figures so, and a range dragged in UTC is the one that was meant', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('odh-observability:timeZone', '"UTC"'));
  const end = Math.floor(Date.now() / 60_000) * 60_000;
  const start = end - 4 * 3_600_000;
  await signIn(page, 'scientist', `${training}?start=${start}&end=${end}&refresh=0s&viewPanelRef=${encodeURIComponent(JSON.stringify({ ref: 'loss' }))}`);
  const loss = page.getByTestId('dashboard-panels').getByTestId('panel').filter({ hasText: 'Training loss' });
  await expect(loss.getByTestId('panel-summary')).toContainText(/latest \d+,\d/, { timeout: 90_000 });
  await expect(page.getByTestId('time-range')).toContainText(`${String(new Date(end).getUTCHours()).padStart(2, '0')}:${String(new Date(end).getUTCMinutes()).padStart(2, '0')}`);

  const chart = loss.locator('canvas').first();
  const box = await chart.boundingBox();
  if (box === null) throw new Error('the chart is on the page');
  const [left, right, y] = [box.x + box.width * 0.3, box.x + box.width * 0.6, box.y + box.height / 2];
  await page.mouse.move(left, y);
  await page.mouse.down();
  await page.mouse.move((left + right) / 2, y);
  await page.mouse.move(right, y);
  await page.mouse.up();
  await expect.poll(() => Number(new URL(page.url()).searchParams.get('start'))).not.toBe(start);
  const picked = new URL(page.url()).searchParams;
  const share = (instant: string | null): number => (Number(instant) - start) / (end - start);
  // The axis leaves some room for its labels.
  expect(Math.abs(share(picked.get('start')) - 0.3)).toBeLessThan(0.08);
  expect(Math.abs(share(picked.get('end')) - 0.6)).toBeLessThan(0.08);
});
