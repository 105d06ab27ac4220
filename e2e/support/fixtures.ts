/** What every end-to-end test starts from: a signed-in page, and a page that must stay free of console errors. */
import { expect, test as base, type APIResponse, type Page } from '@playwright/test';
import { signInAtProvider } from './sign-in';
import { appUrl, issuerUrl, type User } from './stack';

/** Signs in through the provider's own page, beginning at `path`, and waits until the browser is back on it. */
export async function signIn(page: Page, user: User, path = '/observability'): Promise<void> {
  await page.goto(path);
  await page.waitForURL((url) => url.origin === issuerUrl);
  await signInAtProvider(page, user, appUrl);
}

/** Messages the browser printed as errors, security-policy violations among them. */
function collectConsoleErrors(page: Page): string[] {
  const messages: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') messages.push(message.text());
  });
  page.on('pageerror', (error) => messages.push(String(error)));
  return messages;
}

/** The page of a person who has chosen to see all panels; what others see first is a test of its own. */
export async function preferAllPanels(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (localStorage.getItem('odh-observability:mode') === null) localStorage.setItem('odh-observability:mode', '"advanced"');
  });
}

interface Fixtures {
  /** Console errors of `page` so far. A test that provokes some says so by emptying the list. */
  consoleErrors: string[];
}

export const test = base.extend<Fixtures>({
  page: async ({ page }, use) => {
    await preferAllPanels(page);
    await use(page);
  },
  consoleErrors: [
    async ({ page }, use) => {
      const messages = collectConsoleErrors(page);
      await use(messages);
      expect(messages, 'the browser console stays free of errors').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export interface Sample {
  metric: Record<string, string>;
  value: [number, string];
}

/** The vector that a Prometheus-shaped response holds; fails the test when it is not a success. */
export async function vectorOf(response: APIResponse): Promise<Sample[]> {
  expect(response.status(), await response.text()).toBe(200);
  // The status above says that this is Prometheus's success format; the tests read an instant vector only.
  const body = (await response.json()) as { data: { resultType: string; result: Sample[] } };
  expect(body.data.resultType).toBe('vector');
  return body.data.result;
}
