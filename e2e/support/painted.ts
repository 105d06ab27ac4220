/** Whether charts have come as far as their pixels. */
import type { Locator, Page } from '@playwright/test';

/** For each element, whether something is painted on a canvas inside. Runs in the page, so it uses nothing from around it. */
export const arePainted = (elements: Element[]): boolean[] =>
  elements.map((element) =>
    [...element.querySelectorAll('canvas')].some((canvas) => {
      const { width, height } = canvas;
      const pixels = width > 0 && height > 0 ? canvas.getContext('2d')?.getImageData(0, 0, width, height).data : undefined;
      return pixels?.some((value) => value !== 0) ?? false;
    }),
  );

/** Whether something is painted in one of the elements that a locator finds. */
export const isDrawn = async (within: Locator): Promise<boolean> => (await within.evaluateAll(arePainted)).includes(true);

/**
 * Waits until something is painted.
 *
 * @param selector of what it is painted in
 * @param timeout in milliseconds; the page's own unless it is given
 * @returns when it was, in milliseconds on the page's own clock, so that the driver's latency is not part of it
 */
export async function paintedAt(page: Page, selector: string, timeout?: number): Promise<number> {
  const expression = `(${arePainted.toString()})([...document.querySelectorAll(${JSON.stringify(selector)})]).includes(true) ? performance.now() : undefined`;
  const time = await page.waitForFunction(expression, undefined, timeout === undefined ? {} : { timeout });
  return Number(await time.jsonValue());
}
