/** The command as an auditor runs it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sealedLines } from '../lib/audit/testing/records';

// Each call starts a process; a busy machine takes seconds for it.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-verify-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, lines: readonly string[], end = '\n'): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n') + end);
  return path;
}

function verify(files: string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/audit-verify.ts', ...files], { encoding: 'utf8', env: { NODE_ENV: 'test', ...environment } });
  return { status, lines: stdout.trimEnd().split('\n'), stderr };
}

const lines = sealedLines(['ada', 'ben', 'cleo', 'dan', 'ema']);

describe('npm run audit:verify', () => {
  it('takes rotated files together, in any order, and ends with 0', () => {
    const files = [file('b', lines.slice(4)), file('b.1', lines.slice(0, 2)), file('b.2', lines.slice(2, 4))];
    const { status, lines: output } = verify(files);
    expect(output).toEqual([expect.stringMatching(/^chain c1: 6 records, 1 to 6; last hash [0-9a-f]{64}$/), 'Every record is as it was written, and in its place (checked without a key).']);
    expect(status).toBe(0);
  });

  it('says which file and line, and ends with 1', () => {
    const files = [file('c.1', lines.slice(0, 2)), file('c.2', lines.slice(3))];
    const { status, lines: output } = verify(files);
    expect(output[0]).toBe(`${join(folder, 'c.2')}:1: removed: record 3 is missing before this line`);
    expect(output.at(-1)).toBe('These records are not what was written.');
    expect(status).toBe(1);
  });

  it('tells a line that a crash cut off apart, and ends with 2', () => {
    const { status, lines: output } = verify([file('d', lines.slice(0, 4).concat('{"time":"20'), '')]);
    expect(output[0]).toBe(`${join(folder, 'd')}:5: torn: the line is no complete record: a write was cut off`);
    expect(status).toBe(2);
  });

  it('checks seals with the key of the environment', () => {
    const key = 'k'.repeat(32);
    const sealed = file('e', sealedLines(['ada'], key));
    expect(verify([sealed], { OBSERVABILITY_AUDIT_KEY: key }).status).toBe(0);
    expect(verify([sealed], { OBSERVABILITY_AUDIT_KEY: 'x'.repeat(32) }).status).toBe(1);
    expect(verify([sealed]).lines[0]).toContain('is sealed with a key, and none was given');
  });

  it('says how to use it, and that a file cannot be read, with 64', () => {
    expect(verify([])).toMatchObject({ status: 64, stderr: expect.stringContaining('Usage: npm run audit:verify') as string });
    expect(verify([join(folder, 'nothing')])).toMatchObject({ status: 64, stderr: expect.stringContaining('ENOENT') as string });
  });

  it('does not take a file without records for a good one', () => {
    expect(verify([file('f', ['{"level":"info"}'])])).toMatchObject({ status: 1, lines: ['1 lines of other logs left aside', 'There are no audit records in these files.'] });
  });
});
