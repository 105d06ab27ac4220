/** `backup`: what the app keeps itself, in one archive. */
import { createWriteStream } from 'node:fs';
import { rename, unlink } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { version } from '../package.json';
import { BackupError, writeBackup, type BackupOptions, type Counts } from '../lib/backup/archive';
import { keyOf, leftOutOf, partsOf, type Part } from '../lib/backup/state';
import { loadConfig } from '../lib/config/load';
import { ConfigError } from '../lib/config/problems';
import { unless } from '../lib/files/atomic';
import { readArguments } from './arguments';
import { UsageError, type ExitCode, type Terminal } from './terminal';

export const backupUsage = `odh-observability backup <archive>

  Writes what the app keeps itself into one archive (tar.gz): dashboards that people made, with their history; settings of
  administrators; preferences. Where they are, the app's own configuration says (OBSERVABILITY_CONFIG, and its secrets).
  What is left out is said, and stands in the archive's manifest.json. The app may go on running. In a pod:
  kubectl exec deployment/odh-observability -- node dist/cli.js backup - > backup.tar.gz

  <archive>   a file, or - for standard output
`;

export async function backup(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const archive = oneArchive(readArguments(args, {}).positionals);
  return saying(terminal, async () => {
    const config = loadConfig(terminal.environment);
    const parts = partsOf(config);
    if (parts.length === 0) throw new BackupError(`There is nothing to back up: the configuration sets none of ${Object.values(keyOf).join(', ')}.`);
    const leftOut = leftOutOf(config);
    const options: BackupOptions = { leftOut, version, now: () => new Date() };
    const counts = archive === '-' ? await writeBackup(parts, standardOutput(terminal), options) : await toFile(archive, parts, options);
    terminal.err(`Backed up ${inWords(counts)}. Left out:\n${leftOut.map((line) => `  ${line}`).join('\n')}`);
  });
}

/** @throws UsageError unless one archive is named */
export function oneArchive([archive, ...others]: readonly string[]): string {
  if (archive === undefined || others.length > 0) throw new UsageError('Name one archive.');
  return archive;
}

/** Runs a command whose failures are sentences for administrators: 2 for the configuration, 1 for the rest. */
export async function saying({ err }: Terminal, work: () => Promise<void>): Promise<ExitCode> {
  try {
    await work();
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof BackupError)) throw error;
    err(error.message);
    return error instanceof ConfigError ? 2 : 1;
  }
}

export function inWords(counts: Counts): string {
  return [...counts].map(([part, files]) => `${part}: ${files} ${files === 1 ? 'file' : 'files'}`).join(', ');
}

/** The file gets its name when it is complete, so that one that is cut off takes no other's place. Only its owner may read it: it says who prefers what. */
async function toFile(archive: string, parts: readonly Part[], options: BackupOptions): Promise<Counts> {
  const aside = `${archive}.part`;
  try {
    const counts = await writeBackup(parts, createWriteStream(aside, { mode: 0o600, flush: true }), options);
    await rename(aside, archive);
    return counts;
  } catch (error) {
    await unlink(aside).catch(unless('ENOENT'));
    throw error;
  }
}

function standardOutput({ write }: Terminal): Writable {
  return new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      write(chunk).then(() => done(), done);
    },
  });
}
