/** Reads the app's answers to queries. */
import { expect, type APIResponse } from '@playwright/test';

interface VectorAnswer {
  readonly data: { readonly result: readonly { readonly metric: Readonly<Record<string, string>> }[] };
}

/** The projects whose series an answer holds, sorted; fails the test when it is not a success. */
export async function projectsIn(response: APIResponse): Promise<string[]> {
  expect(response.status(), await response.text()).toBe(200);
  // The status says that this is Prometheus's success format; the tests ask for instant vectors only.
  const { data } = (await response.json()) as VectorAnswer;
  return data.result.map(({ metric }) => metric['namespace'] ?? '').sort();
}
