/** Keeps two demos from sharing one state folder: the second would delete the first one's data. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../setup/index.mjs';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs as someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Takes the folder for this process.
 *
 * @returns gives it back
 * @throws SetupError when a running demo has it
 */
export async function lockState(directory: string): Promise<() => Promise<void>> {
  const file = join(directory, 'demo.pid');
  const owner = Number(await readFile(file, 'utf8').catch(() => Number.NaN));
  if (Number.isInteger(owner) && owner !== process.pid && isRunning(owner)) {
    throw new SetupError(
      `Another demo (process ${owner}) is using ${directory}. Stop it, or set DEMO_STATE_DIR to another folder.\n` +
        `If process ${owner} is something else, delete ${file}.`,
    );
  }
  await writeFile(file, String(process.pid));
  return () => rm(file, { force: true });
}
