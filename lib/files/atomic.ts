/**
 * Files whose content is all or nothing, whenever the process or the machine stops: a new one is written aside, flushed,
 * and given its name in one step. Knows nothing of what is in them.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeError } from '../telemetry/describe-error';

/** A file beside those that are read, with its bytes on the disk; resolves with its path. The folder is made if need be. */
export async function writeAside(directory: string, content: string | Uint8Array): Promise<string> {
  await mkdir(directory, { recursive: true });
  const aside = join(directory, `.${randomUUID()}.tmp`);
  const file = await open(aside, 'wx', 0o640);
  try {
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await unlink(aside);
    throw error;
  } finally {
    await file.close();
  }
  return aside;
}

/** Writes a file anew, in place of one of the same name. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const aside = await writeAside(dirname(path), text);
  try {
    await rename(aside, path);
  } catch (error) {
    await unlink(aside);
    throw error;
  }
  await flush(dirname(path));
}

/** When no write can still be at what it left behind, in milliseconds. */
const abandonedAfter = 3_600_000;

/**
 * Removes what writes left behind that were cut off.
 *
 * @param now in milliseconds since the epoch
 */
export async function removeAbandoned(directory: string, now: number): Promise<void> {
  const names = (await readdir(directory).catch(unless('ENOENT'))) ?? [];
  for (const file of names.filter((name) => /^\.[-0-9a-f]{36}\.tmp$/.test(name)).map((name) => join(directory, name))) {
    const found = await stat(file).catch(unless('ENOENT'));
    if (found !== undefined && found.mtimeMs < now - abandonedAfter) await unlink(file).catch(unless('ENOENT'));
  }
}

/** A name is on the disk only when its folder is. */
export async function flush(directory: string): Promise<void> {
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Runs what has the same key one after the other. */
export function createQueues(): <Result>(key: string, work: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (last.get(key) === turn) last.delete(key);
    }
  };
}

/** For `catch`: lets one error code of the file system pass as undefined. */
export function unless(code: string): (error: unknown) => undefined {
  return (error) => {
    if (describeError(error).code !== code) throw error;
    return undefined;
  };
}
