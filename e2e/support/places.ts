/** Where people meet the same pages: in the app by itself, which Next draws with its React 19, and in a host with React 18. */
import type { Page } from '@playwright/test';
import { expect, signIn } from './fixtures';
import { openList, signInToHost } from './host';
import { appUrl, hostUrl, type User } from './stack';

export interface Place {
  readonly name: string;
  readonly url: string;
  /** Version of the React that draws. */
  readonly react: RegExp;
  /** Status of a page that is not there; a host answers with its own page to every address. */
  readonly statusOfUnknown: number;
  /** Opens a page below `/observability` and signs in on the way. */
  readonly open: (page: Page, user: User, path?: string) => Promise<void>;
  /** Signs in and goes to the list of dashboards. */
  readonly openList: (page: Page, user: User) => Promise<void>;
  /** Page that sums a project up. */
  readonly projectPath: (namespace: string) => string;
  /** Uses something of the frame around our page. */
  readonly frameLives: (page: Page) => Promise<void>;
}

export const places: readonly Place[] = [
  {
    name: 'by itself',
    url: appUrl,
    react: /^19\./,
    statusOfUnknown: 404,
    open: signIn,
    openList: signIn,
    projectPath: (namespace) => `/observability/projects/${namespace}`,
    frameLives: async (page) => {
      await page.getByTestId('user-menu').click();
      await expect(page.getByTestId('sign-out')).toBeVisible();
      await page.getByTestId('user-menu').click();
    },
  },
  {
    name: 'in a host',
    url: hostUrl,
    react: /^18\.3\./,
    statusOfUnknown: 200,
    open: (page, user, path = '/observability') => signInToHost(page, user, path),
    openList: async (page, user) => {
      await signInToHost(page, user, '/');
      await openList(page);
    },
    projectPath: (namespace) => `/projects/${namespace}`,
    frameLives: async (page) => {
      await page.getByText('Dark').click();
      await expect(page.locator('html')).toHaveClass(/pf-v6-theme-dark/);
      await page.getByText('Dark').click();
    },
  },
];
