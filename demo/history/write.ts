/**
 * Writes the workloads' history into Prometheus's database, so that a dashboard has a day to show when the demo starts.
 *
 * Prometheus must not be running. What it scraped since its last block is dropped and written again from the same
 * functions: a block that promtool makes cannot overlap the write-ahead log, and this leaves no gap for the time that
 * the demo was stopped either. (The app's own metrics of that time are lost.)
 */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { exporters } from '../exporters/exporters';
import { openMetricsLines, storedSeries, type StoredSeries } from '../exporters/exposition';
import { hashFiles, projectRoot, runCommand } from '../setup/index.mjs';
import { planHistory, type TimeRange } from './plan';

/** Distance of two samples in seconds. Coarser than live scrapes; still four a minute. */
const stepSeconds = 15;

export interface HistoryOptions {
  /** Folder for the database and the notes beside it. */
  readonly directory: string;
  readonly promtool: string;
  readonly hours: number;
  readonly signal: AbortSignal;
  readonly report: (detail: string) => void;
}

export function databaseIn(directory: string): string {
  return join(directory, 'data');
}

/** What the database's blocks cover, as each says in its meta.json. */
async function readBlocks(database: string): Promise<TimeRange[]> {
  const entries = await readdir(database).catch(() => []);
  const metas = await Promise.all(entries.map((entry) => readFile(join(database, entry, 'meta.json'), 'utf8').catch(() => undefined)));
  return metas
    .filter((meta) => meta !== undefined)
    .map((meta) => {
      // Prometheus's own format (tsdb.BlockMeta); JSON.parse cannot know.
      const { minTime, maxTime } = JSON.parse(meta) as { minTime: number; maxTime: number };
      return { from: minTime, to: maxTime };
    });
}

function sampleTimes({ from, to }: TimeRange): number[] {
  const step = stepSeconds * 1000;
  const times: number[] = [];
  for (let time = Math.ceil(from / step) * step; time < to; time += step) times.push(time / 1000);
  return times;
}

/** The last range ends with a sample of this moment, not of when the first range was begun: live ones follow it at once. */
function timesUntilNow(from: number): number[] {
  const now = Date.now();
  return [...sampleTimes({ from, to: now }), now / 1000];
}

async function writeOpenMetrics(file: string, series: readonly StoredSeries[], times: readonly number[]): Promise<void> {
  const stream = createWriteStream(file);
  for (const one of series) {
    if (!stream.write(openMetricsLines(one, times))) await once(stream, 'drain');
  }
  stream.end('# EOF\n');
  await finished(stream);
}

/** Whether the database was written from the workloads as they are now. */
async function sameWorkloads(directory: string, hash: string): Promise<boolean> {
  const note = await readFile(join(directory, 'workloads.sha256'), 'utf8').catch(() => undefined);
  return note === hash;
}

/**
 * Makes the database hold at least the last `hours` hours up to now.
 *
 * Blocks are written in the order of time, so an interrupted run is continued by the next.
 */
export async function ensureHistory({ directory, promtool, hours, signal, report }: HistoryOptions): Promise<void> {
  const database = databaseIn(directory);
  const hash = await hashFiles(projectRoot, ['demo/workloads', 'demo/exporters', 'demo/history'], (path) => !path.endsWith('.test.ts'));
  const blocks = (await sameWorkloads(directory, hash)) ? await readBlocks(database) : [];
  const plan = planHistory(blocks, Date.now(), hours * 3_600_000);
  if (plan.restart) {
    await rm(directory, { recursive: true, force: true });
    await mkdir(database, { recursive: true });
    await writeFile(join(directory, 'workloads.sha256'), hash);
  } else {
    await Promise.all(['wal', 'chunks_head'].map((part) => rm(join(database, part), { recursive: true, force: true })));
  }

  const series = storedSeries(exporters);
  const file = join(directory, 'history.om');
  let samples = 0;
  for (const [index, range] of plan.ranges.entries()) {
    signal.throwIfAborted();
    const times = index === plan.ranges.length - 1 ? timesUntilNow(range.from) : sampleTimes(range);
    if (times.length === 0) continue;
    await writeOpenMetrics(file, series, times);
    await runCommand(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, database], { signal });
    samples += times.length * series.length;
    report(`${Math.round((100 * (index + 1)) / plan.ranges.length)} %, ${samples.toLocaleString('en')} samples`);
  }
  await rm(file, { force: true });
}
