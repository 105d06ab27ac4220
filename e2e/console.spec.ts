/** That the tests would notice what a page, or React on it, prints as an error or a warning: each fails the test that meets it. */
import type * as React from 'react';
import type * as ReactDom from 'react-dom/client';
import { expect, signInToHost, test } from './support/host';
import { places } from './support/places';

for (const { name, open } of places) {
  test(`errors, warnings and exceptions of a page are noticed ${name}`, async ({ page, consoleErrors, warnings }) => {
    await open(page, 'scientist');
    await expect(page.getByTestId('dashboard-card').first()).toBeVisible();
    await page.evaluate(() => {
      console.error('an error');
      console.warn('a warning');
      setTimeout(() => {
        throw new Error('an exception');
      });
    });
    await expect.poll(() => [...consoleErrors, ...warnings]).toEqual(['an error', 'Error: an exception', 'a warning']);
    consoleErrors.splice(0);
    warnings.splice(0);
  });
}

test('what React warns of is noticed in a host, whose React is built to warn', async ({ page, consoleErrors }) => {
  await signInToHost(page, 'scientist');
  await page.evaluate(async () => {
    // Module federation's runtime, on the page of every host that uses it; React is the one that the host shares with us.
    const { __FEDERATION__: federation } = window as unknown as { __FEDERATION__: { __INSTANCES__: { loadShare: (name: string) => Promise<() => unknown> }[] } };
    const share = async (name: string) => (await federation.__INSTANCES__[0]?.loadShare(name))?.();
    const { createElement } = (await share('react')) as typeof React;
    const { createRoot } = (await share('react-dom')) as typeof ReactDom;
    createRoot(document.createElement('div')).render(createElement('ul', {}, [createElement('li'), createElement('li')]));
  });
  await expect.poll(() => consoleErrors.join()).toContain('unique "key"');
  consoleErrors.splice(0);
});
