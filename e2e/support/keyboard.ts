/** A person with a keyboard alone: where the focus is, whether it can be seen, and how they get to what they want. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures';

/** Presses of one key that lead to something, at most: more would be a trap, or too far. */
const mostPresses = 250;

interface Focus {
  /** What has the focus, for messages; undefined where nothing has. */
  readonly on: string | undefined;
  readonly isInView: boolean;
  /** Whether an outline, a text cursor or a filled day shows where it is. */
  readonly isVisible: boolean;
}

export function focusOf(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return { on: undefined, isInView: false, isVisible: false };
    const { top, bottom, left, right } = focused.getBoundingClientRect();
    // Where the input itself cannot be seen, what stands for it is around it or beside it.
    const parts = [focused, focused.parentElement, ...(focused.parentElement?.children ?? [])].filter((part) => part !== null);
    const isOutlined = parts
      .filter((part) => getComputedStyle(part).opacity !== '0')
      .flatMap((part) => [undefined, '::before', '::after'].map((pseudo) => getComputedStyle(part, pseudo)))
      .some(({ outlineStyle, outlineWidth, boxShadow }) => (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none');
    const hasCursor = focused instanceof HTMLInputElement && ['text', 'search', 'time', 'password'].includes(focused.type);
    // PatternFly fills the day of a calendar that has the focus.
    const isFilled = focused.matches('.pf-v6-c-calendar-month__date');
    return {
      on: `${focused.tagName} ${focused.getAttribute('aria-label') ?? focused.textContent.trim().slice(0, 60)}`,
      isInView: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
      isVisible: isOutlined || hasCursor || isFilled,
    };
  });
}

/** The focus is somewhere, and is to be seen there. */
export async function expectFocusVisible(page: Page): Promise<void> {
  const { isInView, isVisible } = await focusOf(page);
  // What opens or closes takes its time.
  if (!isInView || !isVisible) await expect.poll(() => focusOf(page), { message: 'the focus is on something, in view and visible' }).toMatchObject({ isInView: true, isVisible: true });
}

/** Whether the focus is on something, or in it. */
const hasFocus = (target: Locator): Promise<boolean> => target.evaluate((element) => (element.closest(':is([role="menu"], [role="listbox"]) li') ?? element).contains(document.activeElement));

/** Goes to something with Tab, in either direction, or with arrows in a menu. */
export async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible({ timeout: 60_000 });
  const key = await target.evaluate((element) => {
    if (element.closest('[role="menu"], [role="listbox"]') !== null) return 'ArrowDown';
    const { activeElement } = document;
    const precedes = activeElement !== null && activeElement !== document.body && (element.compareDocumentPosition(activeElement) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    return precedes ? 'Shift+Tab' : 'Tab';
  });
  for (let presses = 0; !(await hasFocus(target)); presses += 1) {
    expect(presses, `presses of ${key} to reach ${String(target)}`).toBeLessThan(mostPresses);
    await page.keyboard.press(key);
    await expectFocusVisible(page);
  }
}

/** Goes to something and uses it; the focus is still somewhere after that, unless it was a link to another page. */
export async function useByKeyboard(page: Page, target: Locator): Promise<void> {
  await reach(page, target);
  const tag = await page.evaluate(() => document.activeElement?.tagName);
  await page.keyboard.press(tag === 'INPUT' ? 'Space' : 'Enter');
  if (tag !== 'A') await expectFocusVisible(page);
}
