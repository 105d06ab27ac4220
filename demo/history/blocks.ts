/** Writes samples as blocks of Prometheus's database. What the samples are is decided elsewhere. */
import { createWriteStream } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { runCommand } from '../setup/index.mjs';
import type { TimeRange } from './plan';

export interface BlockWriter {
  readonly database: string;
  readonly promtool: string;
  /** For files that are deleted afterwards. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

/** Longest block: that which Prometheus itself would make of three months. */
const longestBlockHours = 162;

/** What the database's blocks cover, as each says in its meta.json. */
export async function readBlocks(database: string): Promise<TimeRange[]> {
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

async function writeOpenMetrics(file: string, lines: Iterable<string>): Promise<void> {
  const stream = createWriteStream(file);
  for (const text of lines) {
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end('# EOF\n');
  await finished(stream);
}

/** Promtools that run beside the one process that makes their files. It takes most of the time, on one core each. */
const readers = 2;

/**
 * Writes blocks. While promtool reads some files, the next is being made.
 *
 * @param blocks each with the OpenMetrics lines of its samples, which lie within one block of Prometheus
 * @param written called after each block that is there
 */
export async function writeBlocks(
  { database, promtool, directory, signal }: BlockWriter,
  blocks: Iterable<Iterable<string>>,
  written: () => void = () => undefined,
): Promise<void> {
  const running: Promise<void>[] = [];
  const read = async (file: string) => {
    await runCommand(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', `--max-block-duration=${longestBlockHours}h`, file, database], { signal });
    await rm(file);
    written();
  };
  let count = 0;
  try {
    for (const lines of blocks) {
      signal.throwIfAborted();
      count += 1;
      const file = join(directory, `history-${count}.om`);
      await writeOpenMetrics(file, lines);
      if (running.length === readers) await running.shift();
      const reading = read(file);
      // Awaited later; until then a failure has nobody who would hear of it.
      reading.catch(() => undefined);
      running.push(reading);
    }
  } finally {
    await Promise.all(running);
  }
}
