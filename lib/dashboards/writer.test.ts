import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../telemetry/logger';
import { createDirectorySource } from './directory';
import { combineSources } from './store';
import { dashboard } from './testing/resources';
import { createDirectoryWriter } from './writer';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dashboards-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const writer = (folder = directory) => createDirectoryWriter({ directory: folder, onChange: () => undefined, date: () => Date.UTC(2026, 0, 1) });
const log = createLogger('error', { write: () => undefined });
const reader = (folder = directory) => combineSources([createDirectorySource({ name: 'own', directory: folder, platformProject: 'opendatahub', log, now: () => 0 })]);
const own = dashboard('fraud-detection', 'own', { category: 'serving' });
const titled = (name: string, version: number) => ({ ...own, metadata: { ...own.metadata, version }, spec: { ...own.spec, display: { name } } });

describe('a dashboard that is written', () => {
  it('is read back as it was, with version 1 and its times', async () => {
    await writer().create(own);
    const times = { createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' };
    expect(await reader().get('fraud-detection', 'own')).toEqual({ ...own, metadata: { ...own.metadata, version: 1, ...times } });
    expect(readdirSync(directory)).toEqual(['fraud-detection.own.json']);
  });

  it('is not made twice', async () => {
    await writer().create(own);
    await expect(writer().create(titled('other', 0))).rejects.toMatchObject({ code: 'ERR_DASH_006' });
    expect((await reader().get('fraud-detection', 'own'))?.spec.display?.name).toBe('own');
  });

  it('is replaced when the change was made to the stored version, and refused when it was made to another', async () => {
    await writer().create(own);
    expect((await writer().update(titled('mine', 1))).after.metadata.version).toBe(2);
    await expect(writer().update(titled('theirs', 1))).rejects.toMatchObject({ code: 'ERR_DASH_003', detail: 'Yours is version 1, stored is version 2.' });
    expect((await reader().get('fraud-detection', 'own'))?.spec.display?.name).toBe('mine');
  });

  it('by twenty people at once on one version, changes once', async () => {
    const shared = writer();
    await shared.create(own);
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => shared.update(titled(`person ${index}`, 1))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await reader().get('fraud-detection', 'own'))?.metadata.version).toBe(2);
  });

  it('keeps what was replaced and removed, and goes on counting when it is made anew', async () => {
    await writer().create(titled('first', 0));
    await writer().update(titled('second', 1));
    await writer().remove('fraud-detection', 'own');
    expect(await reader().get('fraud-detection', 'own')).toBeUndefined();
    expect((await writer().history('fraud-detection', 'own')).map(({ dashboard: { metadata, spec } }) => [metadata.version, spec.display?.name])).toEqual([
      [2, 'second'],
      [1, 'first'],
    ]);
    expect((await writer().create(own)).metadata.version).toBe(3);
  });

  it('keeps the fifty newest versions', async () => {
    await writer().create(own);
    for (let version = 1; version <= 60; version += 1) await writer().update(titled(`version ${version + 1}`, version));
    expect((await writer().history('fraud-detection', 'own')).map(({ dashboard }) => dashboard.metadata.version)).toEqual(Array.from({ length: 50 }, (_, index) => 60 - index));
  });

  it('is not there: neither changed nor removed', async () => {
    await expect(writer().update(own)).rejects.toMatchObject({ code: 'ERR_DASH_001' });
    await expect(writer().remove('fraud-detection', 'own')).rejects.toMatchObject({ code: 'ERR_DASH_001' });
  });
});

describe('a write that cannot be completed', () => {
  it('because the process is killed at any moment tears nothing and loses nothing that was reported as stored', { timeout: 180_000 }, async () => {
    let stored = 0;
    for (let kill = 0; kill < 12; kill += 1) {
      const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'testing/write-until-killed.ts'), directory], { stdio: ['ignore', 'pipe', 'inherit'] });
      let written = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        stored = Number(line);
        written += 1;
        // At another place of the next write each time: after some lines, and some turns of this loop later.
        if (written === 60 + kill * 7) {
          setImmediate(() => child.kill('SIGKILL'));
        }
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      const found = await reader().get('fraud-detection', 'own');
      expect(found?.metadata.version).toBeGreaterThanOrEqual(stored);
      expect(found?.metadata.version).toBeLessThanOrEqual(stored + 1);
      for (const file of readdirSync(join(directory, '.history/fraud-detection.own'))) {
        expect(() => JSON.parse(readFileSync(join(directory, '.history/fraud-detection.own', file), 'utf8')) as unknown).not.toThrow();
      }
    }
    expect(stored).toBeGreaterThan(1_000);
  });

  /** A small file system of its own; only root may make one. */
  const mountable = process.getuid?.() === 0 && canMount();
  if (!mountable) process.stderr.write('Full disk and read-only folder are not tested: mounting a file system takes root.\n');

  it.skipIf(!mountable)('because the disk is full says so, and what was stored stays', async () => {
    const small = join(directory, 'small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]);
    try {
      await writer(small).create(own);
      const large = { ...titled('large', 1), spec: { ...own.spec, padding: 'x'.repeat(100_000) } };
      await expect(writer(small).update(large)).rejects.toMatchObject({ code: 'ERR_DASH_004', detail: 'There is no space left where dashboards are stored.' });
      expect((await reader(small).get('fraud-detection', 'own'))?.spec.display?.name).toBe('own');
      expect(readdirSync(small)).toEqual(['fraud-detection.own.json']);

      execFileSync('mount', ['-o', 'remount,ro', small]);
      await expect(writer(small).update(titled('other', 1))).rejects.toMatchObject({ code: 'ERR_DASH_004', detail: 'The folder where dashboards are stored is read-only.' });
      expect((await reader(small).get('fraud-detection', 'own'))?.spec.display?.name).toBe('own');
    } finally {
      execFileSync('umount', [small]);
    }
  });
});

function canMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place], { stdio: 'ignore' });
    execFileSync('umount', [place]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true });
  }
}
