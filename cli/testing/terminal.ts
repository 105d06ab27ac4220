/** A command run in this process, with what it said. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from '../run';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Where any were written. */
  readonly bytes?: Buffer;
}

export async function runCommand(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const chunks: Uint8Array[] = [];
  const code = await run(args, { out: (text) => void (out += text), write: (bytes) => Promise.resolve(void chunks.push(bytes)), err: (line) => void (err += `${line}\n`), environment, fetch });
  return { code, out, err, ...(chunks.length === 0 ? {} : { bytes: Buffer.concat(chunks) }) };
}

/** A folder with these files that is gone after the test. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'odh-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
}
