/**
 * People who are signed in already when an attack begins: once for all attacks of a worker, because signing in takes
 * seconds. No page is opened that an attack does not ask for, and none has to stay free of console errors.
 */
import { test as base, type BrowserContext } from '@playwright/test';
import { signIn } from '../support/fixtures';
import { appUrl, type User } from '../support/stack';

interface WorkerFixtures {
  /** The browser context of a signed-in person. */
  as: (user: User) => Promise<BrowserContext>;
}

export const test = base.extend<object, WorkerFixtures>({
  as: [
    async ({ browser }, use) => {
      const people = new Map<User, Promise<BrowserContext>>();
      const enter = async (user: User): Promise<BrowserContext> => {
        const context = await browser.newContext({ baseURL: appUrl });
        const page = await context.newPage();
        await signIn(page, user);
        await page.close();
        return context;
      };
      await use((user) => {
        const known = people.get(user) ?? enter(user);
        people.set(user, known);
        return known;
      });
      for (const person of people.values()) await (await person).close();
    },
    { scope: 'worker' },
  ],
});
