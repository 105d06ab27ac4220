/**
 * Lines in a file that only its owner may read. A full file is renamed once and for all and a new one begins, so that a
 * copy taken of a renamed file stays good; the oldest are deleted. Knows neither records nor chains.
 */
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Sink } from './sink';

export interface FileSinkOptions {
  readonly path: string;
  /** Size at which a new file begins. */
  readonly maxBytes: number;
  /** Full files that are kept beside the current one. */
  readonly keep: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told of every full file that was deleted. */
  readonly removed: (path: string) => void;
}

interface Current {
  readonly handle: FileHandle;
  /** Bytes of complete writes. */
  size: number;
  /** Whether the bytes end within a line: something was cut off in the middle of a write. */
  torn: boolean;
}

const tailChunk = 64 * 1024;

export function createFileSink({ path, maxBytes, keep, now, removed }: FileSinkOptions): Sink {
  const directory = dirname(path);
  const prefix = `${basename(path)}.`;
  let current: Current | undefined;

  /** Full files, oldest first: their names sort by the time at which they were full. */
  async function fullFiles(): Promise<string[]> {
    const names = await readdir(directory);
    return names.filter((name) => name.startsWith(prefix) && /^\d{8}T\d{6}Z-\d{10,}$/.test(name.slice(prefix.length))).sort();
  }

  async function openCurrent(): Promise<Current> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const handle = await open(path, 'a+', 0o600);
    try {
      const { size } = await handle.stat();
      return { handle, size, torn: size > 0 && !(await readTail(handle, size)).endsWith('\n') };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** @param seq number of the last record in the file */
  async function rotate({ handle }: Current, seq: number): Promise<Current> {
    const time = new Date(now()).toISOString().replace(/[-:]|\.\d+/g, '');
    await rename(path, join(directory, `${prefix}${time}-${String(seq).padStart(10, '0')}`));
    current = undefined;
    await handle.close();
    for (const name of (await fullFiles()).slice(0, -keep)) {
      await rm(join(directory, name));
      removed(join(directory, name));
    }
    return openCurrent();
  }

  return {
    async open() {
      current ??= await openCurrent();
      const own = lastLine(await readTail(current.handle, current.size));
      if (own !== undefined) {
        return own;
      }
      // The process ended between a rename and the first write.
      const newest = (await fullFiles()).at(-1);
      return newest === undefined ? undefined : lastLineOf(join(directory, newest));
    },

    async write(lines, firstSeq) {
      current ??= await openCurrent();
      if (current.size > 0 && current.size + Buffer.byteLength(lines) > maxBytes) {
        current = await rotate(current, firstSeq - 1);
      }
      const text = Buffer.from(current.torn ? `\n${lines}` : lines);
      try {
        await current.handle.appendFile(text);
        // Some file systems say only now that they are full.
        await current.handle.datasync();
      } catch (error) {
        await cutOff(current);
        throw error;
      }
      current.size += text.length;
      current.torn = false;
    },

    async close() {
      await current?.handle.close();
      current = undefined;
    },
  };
}

/** Takes back what was written in part, so that the next attempt starts where this one did. */
async function cutOff(file: Current): Promise<void> {
  try {
    const { size } = await file.handle.stat();
    if (size > file.size) {
      await file.handle.truncate(file.size);
    }
  } catch {
    // Then the line stays torn, and the next write begins a new one.
    file.torn = true;
  }
}

async function lastLineOf(path: string): Promise<string | undefined> {
  const handle = await open(path, 'r');
  try {
    return lastLine(await readTail(handle, (await handle.stat()).size));
  } finally {
    await handle.close();
  }
}

/** The end of a file, with at least one complete line where it has one. */
async function readTail(handle: FileHandle, size: number): Promise<string> {
  for (let length = Math.min(size, tailChunk); ; length = Math.min(size, length * 2)) {
    const buffer = Buffer.alloc(length);
    await handle.read(buffer, 0, length, size - length);
    const text = buffer.toString('utf8');
    if (length === size || text.split('\n').length > 2) {
      return text;
    }
  }
}

/** The last line that has an end. */
function lastLine(text: string): string | undefined {
  return text.split('\n').slice(0, -1).filter((line) => line !== '').at(-1);
}
