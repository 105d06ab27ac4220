/** A person who follows a walk-through, with the mouse or with the keyboard alone. */
import { test, type Locator, type Page } from '@playwright/test';
import { useByKeyboard } from './keyboard';

export interface Person {
  /** Clicks on something, or goes to it by keyboard and presses the key that uses it. */
  readonly use: (target: Locator) => Promise<void>;
  /** How often they did. */
  readonly clicks: () => number;
}

export const people = [
  { hand: 'with the mouse', use: (_page: Page, target: Locator) => target.click() },
  { hand: 'with the keyboard alone', use: useByKeyboard },
] as const;

export function person(page: Page, use: (typeof people)[number]['use']): Person {
  let clicks = 0;
  return {
    use: async (target) => {
      clicks += 1;
      await test.step(`use ${String(target)}`, () => use(page, target));
    },
    clicks: () => clicks,
  };
}
