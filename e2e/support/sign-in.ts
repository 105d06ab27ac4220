/** A person at the sign-in page of the demo's provider. */
import type { Page } from 'playwright';
import { password } from '../../demo/users';

/** Signs in on the provider's page that the browser is led to, and waits until it is back on a page of the app. */
export async function signInAtProvider(page: Page, user: string, appUrl: string): Promise<void> {
  await answerSignIn(page, user);
  await page.waitForURL((url) => url.origin === appUrl && url.pathname.startsWith('/observability'));
}

/** Fills in the provider's page and sends it. */
export async function answerSignIn(page: Page, user: string): Promise<void> {
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
