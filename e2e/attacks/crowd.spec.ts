/** Many people at once who ask for the same: nobody's answer may reach another. */
import type { BrowserContext } from '@playwright/test';
import { expect, vectorOf } from '../support/fixtures';
import { projectsOf } from '../support/stack';
import { test } from './attacker';

const metric = 'DCGM_FI_DEV_GPU_UTIL';
const path = '/api/proxy/globaldatasources/prometheus/api/v1';

test('200 identical queries at once by people with different projects: each answer holds the asker’s own', async ({ as }) => {
  const [scientist, mlops] = await Promise.all([as('scientist'), as('mlops')]);
  const ask = async (person: BrowserContext): Promise<string[]> => {
    const vector = await vectorOf(await person.request.get(`${path}/query`, { params: { query: metric } }));
    return [...new Set(vector.map(({ metric: labels }) => labels.namespace ?? ''))].sort();
  };
  const asked = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? ('scientist' as const) : ('mlops' as const)));
  const answers = await Promise.all(asked.map((user) => ask(user === 'scientist' ? scientist : mlops)));
  const [scientists = [], mlopss = []] = [answers[0], answers[1]];
  expect(scientists.length, 'there is something to see').toBeGreaterThan(0);
  expect(mlopss.length, 'there is something to see').toBeGreaterThan(0);
  for (const [index, seen] of answers.entries()) {
    const user = asked[index] ?? 'scientist';
    expect(seen).toEqual(user === 'scientist' ? scientists : mlopss);
    for (const namespace of seen) expect(projectsOf[user], `answer ${index}, to ${user}`).toContain(namespace);
  }
});

test('the same for look-ups, an administrator among the askers', async ({ as }) => {
  const [scientist, admin] = await Promise.all([as('scientist'), as('admin')]);
  const ask = async (person: BrowserContext): Promise<string[]> => {
    const response = await person.request.get(`${path}/label/namespace/values`);
    expect(response.status()).toBe(200);
    // Prometheus's format for label values, as the status says.
    return ((await response.json()) as { data: string[] }).data;
  };
  const answers = await Promise.all(Array.from({ length: 100 }, async (_, index) => (index % 2 === 0 ? { user: 'scientist', seen: await ask(scientist) } : { user: 'admin', seen: await ask(admin) })));
  for (const { user, seen } of answers) {
    if (user === 'scientist') expect(seen).toEqual(projectsOf.scientist);
    else expect(seen).toEqual(expect.arrayContaining([...projectsOf.scientist, ...projectsOf.mlops]));
  }
});
