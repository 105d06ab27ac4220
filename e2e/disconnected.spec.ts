/** A cluster without a way out: nothing that is served asks for anything elsewhere. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../demo/setup/index.mjs';
import { expect, signIn, test } from './support/fixtures';
import { appUrl, issuerUrl } from './support/stack';

const forDevelopers = 'where messages for developers lead';
const name = 'the name of a format, which nobody fetches';
const forPeople = 'a link that people may follow, and nothing else does';
const placeholder = 'stands for any origin while an address is taken apart';

/** Hosts that the bundles name, each with what it is there for. */
const named: Readonly<Record<string, string>> = {
  'www.w3.org': name,
  'json-schema.org': name,
  'tools.ieft.org': name,
  'nextjs.org': forDevelopers,
  'react.dev': forDevelopers,
  'mui.com': forDevelopers,
  'developer.mozilla.org': forDevelopers,
  'github.com': forDevelopers,
  'module-federation.io': forDevelopers,
  'bit.ly': forDevelopers,
  'fb.me': forDevelopers,
  // Of Perses's editor of Markdown panels.
  'commonmark.org': forPeople,
  a: placeholder,
  n: placeholder,
  product: placeholder,
  x: placeholder,
};

test('the bundles name no host that is not known, and known for what', async () => {
  const folders = ['.next/static', 'public/federation'];
  const files = (await Promise.all(folders.map(async (folder) => (await readdir(join(projectRoot, folder), { recursive: true })).map((file) => join(projectRoot, folder, file))))).flat();
  const texts = files.filter((file) => /\.(?:js|css|json|html|svg)$/.test(file));
  expect(texts.length).toBeGreaterThan(50);
  const hosts = new Set<string>();
  for (const file of texts) for (const [, host = ''] of (await readFile(file, 'utf8')).matchAll(/\b(?:https?|wss?):\/\/([a-z0-9.-]*[a-z0-9])/gi)) hosts.add(host);
  expect([...hosts].filter((host) => named[host] === undefined)).toEqual([]);
});

test('no page asks anything of another origin than the app’s and the provider’s', async ({ page }) => {
  test.setTimeout(240_000);
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await signIn(page, 'admin');
  for (const [path, ready] of [
    ['/observability', 'dashboard-card'],
    ['/observability/dashboards/opendatahub/model-serving', 'panel-content'],
    ['/observability/projects/vision-lab', 'figure-value'],
    ['/observability/status', 'finding'],
    ['/observability/help', 'help-entry'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByTestId(ready).first()).toBeVisible({ timeout: 60_000 });
  }
  // Data and blobs have no origin.
  origins.delete('null');
  expect([...origins].sort()).toEqual([appUrl, issuerUrl].sort());
});
