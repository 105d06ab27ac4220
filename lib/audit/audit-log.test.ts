/** The log on real files, a full disk included. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLogger } from '../telemetry/logger';
import { createMetrics } from '../telemetry/metrics';
import { createAuditLog, type AuditLog, type AuditLogDependencies } from './audit-log';
import type { AuditEvent } from './events';
import { createFileSink, type FileSinkOptions } from './file-sink';
import type { Sink } from './sink';
import { findingsOf, linesOf, parseRecord } from './testing/records';

// A busy machine writes slowly.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let path: string;
/** Mounted by a test. */
const disks: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
  path = join(folder, 'audit.jsonl');
});
afterEach(() => {
  disks.splice(0).forEach((disk) => execFileSync('umount', ['-l', disk]));
  rmSync(folder, { recursive: true, force: true });
});

const signIn = (subject: string): AuditEvent => ({ event: 'sign_in', outcome: 'success', subject, name: subject });

function start(sink: Sink, options: Partial<AuditLogDependencies> = {}) {
  const logged: Record<string, unknown>[] = [];
  const log = createLogger('info', { write: (line) => void logged.push(JSON.parse(line) as Record<string, unknown>) });
  const metrics = createMetrics('test');
  const audit = createAuditLog({ sink, key: undefined, metrics, log, now: Date.now, retryAfter: 20, ...options });
  const value = async (name: string): Promise<number | undefined> => (await metrics.registry.getSingleMetric(name)?.get())?.values[0]?.value;
  return { audit, logged, value };
}

function fileSink(options: Partial<FileSinkOptions> = {}): Sink {
  return createFileSink({ path, maxBytes: 64_000_000, keep: 5, now: Date.now, removed: () => undefined, ...options });
}

/** Empty while there is no such file: between a rename and the first write there is none. */
function textOf(file = path): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
const read = (file = path): string[] => linesOf(textOf(file));
const subjects = (lines: string[]): unknown[] => lines.map(parseRecord).map(({ event, subject }) => subject ?? event);
const eventually = (condition: () => boolean | Promise<boolean>) => vi.waitUntil(condition, { timeout: 20_000, interval: 10 });
const works = (audit: AuditLog) => eventually(() => audit.working());

describe('a record', () => {
  it('is one line with time, event and its place in the chain, readable by its owner only', async () => {
    const { audit } = start(fileSink());
    audit.record(signIn('ada'));
    await audit.close();
    const [first, second] = read().map(parseRecord);
    expect(first).toMatchObject({ event: 'chain_start', seq: 1, reason: 'nothing to continue' });
    expect(second).toMatchObject({ event: 'sign_in', outcome: 'success', subject: 'ada', seq: 2, chain: first?.['chain'], previous: first?.['hash'], seal: 'sha256' });
    expect(second?.['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('keeps its order among ten thousand that come at once', async () => {
    const { audit } = start(fileSink());
    const names = Array.from({ length: 10_000 }, (_, index) => `u${index}`);
    names.forEach((name) => audit.record(signIn(name)));
    await audit.close();
    expect(subjects(read())).toEqual(['chain_start', ...names]);
    expect(findingsOf(read())).toEqual([]);
  });

  it('cannot break its line, whatever a name holds', async () => {
    const { audit } = start(fileSink());
    audit.record(signIn('eve\n{"event":"sign_in","subject":"ada"}\u2028","hash":"0"}'));
    await audit.close();
    expect(read()).toHaveLength(2);
    expect(findingsOf(read())).toEqual([]);
  });
});

describe('a restart', () => {
  it('continues the chain of the file', async () => {
    for (const name of ['ada', 'ben', 'cleo']) {
      const { audit } = start(fileSink());
      audit.record(signIn(name));
      await audit.close();
    }
    expect(subjects(read())).toEqual(['chain_start', 'ada', 'ben', 'cleo']);
    expect(findingsOf(read())).toEqual([]);
  });

  it('continues after a line that a crash cut off, and leaves it for those who look', async () => {
    const before = start(fileSink()).audit;
    before.record(signIn('ada'));
    await before.close();
    appendFileSync(path, '{"time":"2026-01-01T');
    const { audit } = start(fileSink());
    audit.record(signIn('ben'));
    await audit.close();
    expect(findingsOf(read())).toEqual(['3 torn: the line is no complete record: a write was cut off']);
    expect(parseRecord(read()[3] ?? '')).toMatchObject({ subject: 'ben', seq: 3 });
  });

  it('begins a new chain, and says why, when the last record was altered meanwhile', async () => {
    const before = start(fileSink()).audit;
    before.record(signIn('ada'));
    await before.close();
    writeFileSync(path, readFileSync(path, 'utf8').replace('"ada"', '"eve"'));
    const { audit, logged } = start(fileSink());
    await audit.close();
    expect(parseRecord(read()[2] ?? '')).toMatchObject({ event: 'chain_start', seq: 1, reason: expect.stringContaining('altered') as string });
    expect(logged.some(({ level, msg }) => level === 'warn' && msg === 'a new chain of audit records begins')).toBe(true);
  });

  it('with a key begins a chain that is sealed with it', async () => {
    const before = start(fileSink()).audit;
    await before.close();
    const { audit } = start(fileSink(), { key: 'k'.repeat(32) });
    audit.record(signIn('ada'));
    await audit.close();
    expect(findingsOf(read().slice(1), 'k'.repeat(32))).toEqual([]);
    expect(read()).toHaveLength(3);
  });

  it('finds the end of a chain behind a record of many namespaces', async () => {
    const before = start(fileSink()).audit;
    before.record(signIn('x'.repeat(200_000)));
    await before.close();
    const { audit } = start(fileSink());
    audit.record(signIn('ada'));
    await audit.close();
    expect(findingsOf(read())).toEqual([]);
    expect(read()).toHaveLength(3);
  });
});

describe('rotation', () => {
  const fullFiles = () => readdirSync(folder).filter((name) => name !== 'audit.jsonl').sort();

  async function fill(records: number, options: Partial<FileSinkOptions>) {
    const { audit } = start(fileSink({ maxBytes: 1_000, ...options }));
    for (let index = 0; index < records; index += 1) {
      audit.record(signIn(`u${index}`));
      await eventually(() => textOf().includes(`"u${index}"`));
    }
    await audit.close();
  }

  it('renames full files so that all together are one unbroken chain', async () => {
    await fill(20, { keep: 50 });
    expect(fullFiles().length).toBeGreaterThan(4);
    expect(fullFiles()[0]).toMatch(/^audit\.jsonl\.\d{8}T\d{6}Z-\d{10}$/);
    const all = [...fullFiles().map((name) => join(folder, name)), path].flatMap((file) => read(file));
    expect(subjects(all)).toEqual(['chain_start', ...Array.from({ length: 20 }, (_, index) => `u${index}`)]);
    expect(findingsOf(all)).toEqual([]);
    for (const name of [...fullFiles(), 'audit.jsonl']) {
      expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1_000);
    }
  });

  it('deletes the oldest beyond those that are kept, and says which', async () => {
    const removed: string[] = [];
    await fill(20, { keep: 2, removed: (file) => removed.push(file) });
    expect(fullFiles()).toHaveLength(2);
    expect(removed.length).toBeGreaterThan(2);
    const all = [...fullFiles().map((name) => join(folder, name)), path].flatMap((file) => read(file));
    expect(findingsOf(all)).toEqual([]);
    expect(subjects(all).at(-1)).toBe('u19');
  });

  it('continues the chain of the newest full file when the process ended before the next one began', async () => {
    await fill(6, { keep: 50 });
    rmSync(path);
    const { audit } = start(fileSink());
    audit.record(signIn('ada'));
    await audit.close();
    const newest = read(join(folder, fullFiles().at(-1) ?? '')).map(parseRecord).at(-1);
    expect(parseRecord(read()[0] ?? '')).toMatchObject({ subject: 'ada', previous: newest?.['hash'] });
  });
});

describe('a full disk', () => {
  it.runIf(process.platform === 'linux')('makes records wait, is counted, and shows in readiness (Linux has a device that is always full)', async () => {
    const { audit, logged, value } = start(fileSink({ path: '/dev/full' }));
    audit.record(signIn('ada'));
    await eventually(() => !audit.working());
    await eventually(async () => ((await value('odh_observability_audit_write_failures_total')) ?? 0) >= 2);
    expect(await value('odh_observability_audit_lag_seconds')).toBeGreaterThan(0);
    await audit.close();
    expect(logged.map(({ level, msg }) => [level, msg])).toEqual([
      ['error', 'audit records cannot be written; they wait'],
      ['error', 'audit records were lost: they could not be written before the end'],
    ]);
    expect(logged[0]).toMatchObject({ err: { code: 'ENOSPC' } });
    expect(logged[1]).toMatchObject({ count: 2 });
  });

  it('loses nothing when there is space again, and leaves no half lines', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'pipe' });
    } catch (error) {
      // eslint-disable-next-line no-console -- whoever runs the tests is to know what was not tried
      console.warn(`A small disk cannot be mounted here, so a file stands in its place: ${String(error)}`);
      return onlyUnwritable();
    }
    disks.push(disk);
    const { audit, logged, value } = start(fileSink({ path: join(disk, 'audit.jsonl') }));
    audit.record(signIn('before'));
    await eventually(() => textOf(join(disk, 'audit.jsonl')).includes('before'));

    const filler = join(disk, 'filler');
    expect(() => writeFileSync(filler, Buffer.alloc(1024 * 1024))).toThrow('ENOSPC');
    // Larger than what is left of the file's last page, so that a part of it can be written.
    const names = Array.from({ length: 100 }, (_, index) => `while-full-${index}`);
    names.forEach((name) => audit.record(signIn(name)));
    await eventually(async () => ((await value('odh_observability_audit_write_failures_total')) ?? 0) >= 3);
    expect(audit.working()).toBe(false);
    expect(subjects(read(join(disk, 'audit.jsonl')))).toEqual(['chain_start', 'before']);

    rmSync(filler);
    await works(audit);
    audit.record(signIn('after'));
    await audit.close();
    expect(subjects(read(join(disk, 'audit.jsonl')))).toEqual(['chain_start', 'before', ...names, 'after']);
    expect(findingsOf(read(join(disk, 'audit.jsonl')))).toEqual([]);
    expect(logged.map(({ msg }) => msg)).toEqual(['audit records cannot be written; they wait', 'audit records are written again']);
  });

  /** The same with a folder that is a file at first: for machines where nothing may be mounted. */
  async function onlyUnwritable(): Promise<void> {
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, '');
    const { audit } = start(fileSink({ path: join(blocked, 'audit.jsonl') }));
    audit.record(signIn('ada'));
    await eventually(() => !audit.working());
    rmSync(blocked);
    await works(audit);
    await audit.close();
    expect(subjects(read(join(blocked, 'audit.jsonl')))).toEqual(['chain_start', 'ada']);
  }

  it('that lasts longer than the queue holds costs records, which are counted and admitted', async () => {
    writeFileSync(join(folder, 'blocked'), '');
    const { audit, value } = start(fileSink({ path: join(folder, 'blocked', 'audit.jsonl') }), { capacity: 2_000 });
    await eventually(() => !audit.working());
    for (let index = 0; index < 100; index += 1) {
      audit.record(signIn(`u${index}`));
    }
    const lost = (await value('odh_observability_audit_records_lost_total')) ?? 0;
    expect(lost).toBeGreaterThan(50);
    rmSync(join(folder, 'blocked'));
    await works(audit);
    audit.record(signIn('after'));
    await audit.close();
    const records = read(join(folder, 'blocked', 'audit.jsonl'));
    expect(findingsOf(records)).toEqual([]);
    const kept = 100 - lost;
    expect(subjects(records)).toEqual(['chain_start', ...Array.from({ length: kept }, (_, index) => `u${index}`), 'records_lost', 'after']);
    expect(parseRecord(records[kept + 1] ?? '')).toMatchObject({ event: 'records_lost', count: lost });
  });
});

describe('a reader that takes nothing', () => {
  it('holds nobody up, and shows in readiness after a few seconds', async () => {
    let clock = 1_000_000;
    const { audit } = start({ open: () => Promise.resolve(undefined), write: () => new Promise(() => undefined), close: () => Promise.resolve() }, { now: () => clock });
    audit.record(signIn('ada'));
    await works(audit);
    clock += 5_000;
    expect(audit.working()).toBe(false);
    // Ends all the same.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const closed = audit.close();
    await vi.advanceTimersByTimeAsync(3_000);
    await closed;
  });
});
