/** What a worker's tests share. */

/**
 * A fixture that is started once for a worker's tests.
 *
 * @param start starts it, hands it to `use`, and ends it when that resolves
 * @param timeout of both, in milliseconds
 */
export function forWorker<Value>(
  start: (use: (value: Value) => Promise<void>) => Promise<void>,
  timeout: number,
): [(others: object, use: (value: Value) => Promise<void>) => Promise<void>, { scope: 'worker'; timeout: number }] {
  // Playwright reads from the pattern what a fixture needs; this one needs nothing.
  // eslint-disable-next-line no-empty-pattern
  return [async ({}, use) => start(use), { scope: 'worker', timeout }];
}
