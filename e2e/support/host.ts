/** A person in the host app, and what the browser's own tools say of its pages. */
import type { CDPSession, Locator, Page } from '@playwright/test';
import { expect, test as base } from './fixtures';
import { isDrawn } from './painted';
import { answerSignIn } from './sign-in';
import { hostUrl, type User } from './stack';

/** Opens a page of the host and signs in to the host on the way. */
export async function signInToHost(page: Page, user: User, path = '/', url = hostUrl): Promise<void> {
  await page.goto(url + path);
  await answerSignIn(page, user);
  await page.waitForURL(url + path);
}

/** What React and PatternFly print when a component is used wrongly; the host is built to print it. */
export const test = base.extend<{ warnings: string[] }>({
  warnings: [
    async ({ page }, use) => {
      const messages: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'warning') messages.push(message.text());
      });
      await use(messages);
      expect(messages, 'nobody warns of anything').toEqual([]);
    },
    { auto: true },
  ],
});

/** Follows the host's navigation to our list. */
export async function openList(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Host' }).getByRole('link', { name: 'Workload dashboards' }).click();
  await expect(page.getByTestId('dashboard-card').first()).toBeVisible();
}

export const panels = (page: Page): Locator => page.getByTestId('dashboard-panels').getByTestId('panel');

/** Waits for the first panel with data, which on a busy machine takes its time. */
export async function firstPanelDrawn(page: Page): Promise<void> {
  await expect.poll(() => isDrawn(panels(page).first()), { timeout: 90_000 }).toBe(true);
}

export interface Counts {
  /** Bytes of JavaScript objects in use. */
  readonly heap: number;
  readonly listeners: number;
  readonly nodes: number;
}

/** After all garbage is collected. */
export async function countObjects(session: CDPSession): Promise<Counts> {
  await session.send('HeapProfiler.enable');
  // Twice: finalizers of the first round let go of more.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { jsEventListeners, nodes } = await session.send('Memory.getDOMCounters');
  return { heap: usedSize, listeners: jsEventListeners, nodes };
}

export { expect };
