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
 * @param timeout in milliseconds
 * @returns when it was, in milliseconds on the page's own clock, so that the driver's latency is not part of it
 * @throws Error when nothing is by then
 */
export async function paintedAt(page: Page, selector: string, timeout = 180_000): Promise<number> {
  // As an expression: the page's policy forbids what would wait for a function that is made of others.
  const time: unknown = await page.evaluate(`new Promise((resolve, reject) => {
    const last = performance.now() + ${timeout};
    const look = () => {
      if ((${arePainted.toString()})([...document.querySelectorAll(${JSON.stringify(selector)})]).includes(true)) resolve(performance.now());
      else if (performance.now() > last) reject(new Error('nothing is painted in ' + ${JSON.stringify(selector)}));
      else requestAnimationFrame(look);
    };
    look();
  })`);
  return Number(time);
}
