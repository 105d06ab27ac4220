/**
 * Writes the workloads' history into Prometheus's database, so that a dashboard has something to show when the demo starts:
 * a day of everything, as if it had been scraped, and 90 days of what the rules in alerts/ record for weeks.
 *
 * Prometheus must not be running. What it scraped since its last block is dropped and written again from the same
 * functions: a block that promtool makes cannot overlap the write-ahead log, and this leaves no gap for the time that
 * the demo was stopped either. (The app's own metrics of that time are lost.)
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exporters } from '../exporters/exporters';
import { openMetricsLines, seriesText, storedSeries } from '../exporters/exposition';
import { readRules } from '../prometheus/rules';
import { hashFiles, projectRoot } from '../setup/index.mjs';
import { readBlocks, writeBlocks, type BlockWriter } from './blocks';
import { blockLength, planHistory, split, type TimeRange } from './plan';
import { recordedSeries } from './recorded';
import { evaluateRules } from './rules';

/** Distance of two samples in seconds: half as dense as live ones, and still two a minute. */
const stepSeconds = 30;
/** Of series that change rarely; no further apart than a query looks back for the last sample. */
const slowStepSeconds = 150;
/** Of series that are recorded for weeks: the interval of their rules. */
const recordedStepSeconds = 300;

const dayMilliseconds = 86_400_000;
/** A multiple of Prometheus's blocks that is one itself. */
const recordedBlockLength = 81 * blockLength;

export interface HistoryOptions {
  /** Folder for the database and the notes beside it. */
  readonly directory: string;
  /** Programs of Prometheus. */
  readonly prometheus: string;
  readonly promtool: string;
  /** Folder with PrometheusRule resources. */
  readonly rules: string;
  readonly hours: number;
  readonly signal: AbortSignal;
  readonly report: (detail: string) => void;
}

export function databaseIn(directory: string): string {
  return join(directory, 'data');
}

/** Multiples of the step within the range, in seconds. */
function sampleTimes({ from, to }: TimeRange, step: number): number[] {
  const times: number[] = [];
  for (let time = Math.ceil(from / (step * 1000)) * step; time * 1000 < to; time += step) times.push(time);
  return times;
}

/** Everything that would have been scraped, block by block. */
function* scrapedBlocks(ranges: readonly TimeRange[], count: (samples: number) => void): Generator<Iterable<string>> {
  const series = storedSeries(exporters);
  for (const [index, range] of ranges.entries()) {
    // The last block ends with a sample of this moment, not of when the first was begun: live ones follow it at once.
    const isLast = index === ranges.length - 1;
    const to = isLast ? Date.now() : range.to;
    const times = (step: number) => [...sampleTimes({ from: range.from, to }, step), ...(isLast ? [to / 1000] : [])];
    const [often, rarely] = [times(stepSeconds), times(slowStepSeconds)];
    if (often.length === 0) continue;
    yield (function* () {
      for (const one of series) {
        const own = one.slow ? rarely : often;
        count(own.length);
        yield openMetricsLines(one, own);
      }
    })();
  }
}

/** What is recorded for weeks, block by block: from as far back as each series goes, or from the end of the last block. */
function* recordedBlocks(since: number | undefined, now: number, count: (samples: number) => void): Generator<Iterable<string>> {
  const series = recordedSeries(now / 1000);
  const earliest = now - Math.max(...series.map(({ days }) => days)) * dayMilliseconds;
  for (const range of split({ from: since ?? earliest, to: now }, recordedBlockLength)) {
    const times = sampleTimes(range, recordedStepSeconds);
    if (times.length === 0) continue;
    yield (function* () {
      for (const { name, labels, value, days } of series) {
        const own = times.filter((time) => time * 1000 >= now - days * dayMilliseconds);
        count(own.length);
        if (own.length > 0) yield openMetricsLines({ text: seriesText(name, labels), value }, own);
      }
    })();
  }
}

/**
 * Makes the database hold at least the last `hours` hours up to now.
 *
 * The note of what it was written from is there only when everything is: an interrupted run begins anew.
 */
export async function ensureHistory({ directory, prometheus, promtool, rules, hours, signal, report }: HistoryOptions): Promise<void> {
  const database = databaseIn(directory);
  const note = join(directory, 'workloads.sha256');
  const hash = await hashFiles(projectRoot, ['demo/workloads', 'demo/exporters', 'demo/history', 'alerts'], (path) => !path.endsWith('.test.ts'));
  const isSame = (await readFile(note, 'utf8').catch(() => undefined)) === hash;
  const plan = planHistory(isSame ? await readBlocks(database) : [], Date.now(), hours * 3_600_000);
  if (plan.restart) {
    await rm(directory, { recursive: true, force: true });
    await mkdir(database, { recursive: true });
  } else {
    await rm(note);
    await Promise.all(['wal', 'chunks_head'].map((part) => rm(join(database, part), { recursive: true, force: true })));
  }

  const writer: BlockWriter = { database, promtool, directory, signal };
  let samples = 0;
  const count = (more: number) => (samples += more);
  const tell = () => report(`${samples.toLocaleString('en')} samples`);
  const now = Date.now();
  const from = plan.ranges[0]?.from ?? now;
  await writeBlocks(writer, recordedBlocks(plan.restart ? undefined : from, now, count), tell);
  await writeBlocks(writer, scrapedBlocks(plan.ranges, count), tell);

  const written = new Set(recordedSeries(now / 1000).map(({ name }) => name));
  await evaluateRules({ writer, prometheus, groups: await readRules(rules), written, range: { from, to: Date.now() }, count });
  tell();
  await writeFile(note, hash);
}
