/** Files that a command reads and writes. */
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describeError } from '../lib/telemetry/describe-error';
import { UsageError } from './terminal';

/** @throws UsageError when there is no such file, or when it cannot be read */
export async function readText(file: string): Promise<string> {
  try {
    return file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** @throws UsageError when there is no such file, or when it may not be read */
export async function openToRead(file: string): Promise<Readable> {
  try {
    return file === '-' ? process.stdin : (await open(file)).createReadStream();
  } catch (error) {
    throw unreadable(file, error);
  }
}

/**
 * The files that are named, and those in the folders that are named.
 *
 * @throws UsageError when something that is named is not there, or when a folder holds nothing that could be a dashboard
 */
export async function filesIn(names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    names.map(async (name): Promise<string[]> => {
      if (name === '-') return [name];
      const isFolder = await stat(name).then(
        (entry) => entry.isDirectory(),
        (error: unknown) => {
          throw unreadable(name, error);
        },
      );
      if (!isFolder) return [name];
      const entries = await readdir(name, { recursive: true });
      const files = entries.filter((entry) => /\.(?:ya?ml|json)$/.test(entry)).sort();
      if (files.length === 0) throw new UsageError(`There is no YAML or JSON file in ${name}.`);
      return files.map((file) => join(name, file));
    }),
  );
  return [...new Set(found.flat())];
}

/** @throws UsageError when the file cannot be written */
export async function writeText(file: string, content: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${describeError(error).message}`);
  }
}

function unreadable(file: string, error: unknown): UsageError {
  return new UsageError(`${file} cannot be read: ${describeError(error).message}`);
}
