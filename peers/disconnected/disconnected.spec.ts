/** The whole stack and a browser in a network namespace with nothing but loopback: every page works, and asks the app only. */
import { expect, test } from '@playwright/test';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../demo/setup/index.mjs';
import type { Visit } from './visit';

const loopbackOnly = ['--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

/** Why no namespace can be made here; undefined when one can. */
function whyNoNamespace(): string | undefined {
  const { status, stderr, error } = spawnSync('unshare', [...loopbackOnly, 'true'], { encoding: 'utf8' });
  return status === 0 ? undefined : `no network namespace can be made here: ${error?.message ?? stderr}`;
}

const missing = whyNoNamespace();
if (missing !== undefined) process.stderr.write(`!!!!!!!! Disconnected pages are not tested: ${missing}\n`);
test.skip(missing !== undefined, missing);

test('without a network, every page is there and asks nothing of anybody but the app, and the app nothing of anybody outside', async () => {
  test.setTimeout(900_000);
  const directory = await mkdtemp(join(tmpdir(), 'disconnected-'));
  const result = join(directory, 'visit.json');
  try {
    const args = [...loopbackOnly, process.execPath, '--import', 'tsx', 'peers/disconnected/visit.ts', result, '.demo/disconnected'];
    await promisify(execFile)('unshare', args, { cwd: projectRoot, maxBuffer: 16 * 1024 * 1024, timeout: 840_000 });
    // Written by visit.ts.
    const { interfaces, outside, appUrl, pages, requests, connections } = JSON.parse(await readFile(result, 'utf8')) as Visit;
    expect(interfaces).toEqual(['lo']);
    expect(outside).toContain('ENETUNREACH');

    expect(pages.length).toBeGreaterThan(20);
    for (const [page, urls] of Object.entries(requests)) {
      const foreign = urls.filter((url) => !/^(?:data|blob):/.test(url) && new URL(url).origin !== appUrl);
      expect(foreign, page).toEqual([]);
      expect(urls.length, page).toBeGreaterThan(0);
    }
    // Its own, the provider's and the metrics backend's addresses are all this one.
    expect(connections).toEqual(['127.0.0.1']);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
