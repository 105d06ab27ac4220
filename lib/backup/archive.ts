/**
 * An archive of what the app keeps (tar, gzip): what it is first, then the files, then the digest of each in the form that
 * `sha256sum -c` reads. Written and read file by file, so its size does not matter. Knows no configuration.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, unlink, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack, type Pack } from 'tar-stream';
import { z } from 'zod';
import { flush, unless, writeAside } from '../files/atomic';
import { describeError } from '../telemetry/describe-error';
import { keyOf, partNames, type Part } from './state';

/** One more whenever an archive cannot be read any longer by what wrote the one before. */
const format = 1;
const folder = 'odh-observability-backup';
const manifestFile = 'manifest.json';
const digestsFile = 'SHA256SUMS';

const formatSchema = z.object({ kind: z.literal(folder), format: z.int() });
const manifestSchema = formatSchema.extend({
  /** Version of the app that wrote it. */
  app: z.string(),
  /** When, in ISO 8601. */
  made: z.string(),
  /** What it is a backup of: a part without files was empty. */
  parts: z.array(z.enum(partNames)),
  leftOut: z.array(z.string()),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** Nothing was backed up or restored; the message says why, for an administrator. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** Files by part. */
export type Counts = ReadonlyMap<Part['name'], number>;

export interface BackupOptions {
  readonly leftOut: readonly string[];
  /** Version of this app. */
  readonly version: string;
  readonly now: () => Date;
}

/**
 * Writes everything that the parts hold; resolves with how many files each has.
 *
 * @throws BackupError when a part cannot be read, or what is written has no place
 */
export async function writeBackup(parts: readonly Part[], sink: Writable, { leftOut, version, now }: BackupOptions): Promise<Counts> {
  const tar = pack();
  const made = now();
  const digests: string[] = [];
  const counts = new Map<Part['name'], number>();

  async function fill(): Promise<void> {
    const add = async (name: string, content: Buffer, mtime = made): Promise<void> => {
      await addEntry(tar, name, mtime, content);
      digests.push(`${digestOf(content)}  ${name}\n`);
    };
    const manifest: Manifest = { kind: folder, format, app: version, made: made.toISOString(), parts: parts.map(({ name }) => name), leftOut: [...leftOut] };
    await add(manifestFile, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    for (const { name: part, list, fileOf } of parts) {
      counts.set(part, 0);
      for (const name of await list()) {
        const path = fileOf(name);
        // Gone since the folder was listed: somebody removed it, or newer versions took its place.
        const found = path === undefined ? undefined : await Promise.all([readFile(path), stat(path)]).catch(unless('ENOENT'));
        if (found === undefined) continue;
        const [content, { mtime }] = found;
        await add(`${part}/${name}`, content, mtime);
        counts.set(part, (counts.get(part) ?? 0) + 1);
      }
    }
    await addEntry(tar, digestsFile, made, Buffer.from(digests.join('')));
    tar.finalize();
  }

  try {
    await Promise.all([
      fill().catch((error: unknown) => {
        tar.destroy(error instanceof Error ? error : undefined);
        throw error;
      }),
      pipeline(tar, createGzip(), sink),
    ]);
    return counts;
  } catch (error) {
    throw new BackupError(`The backup is not complete: ${describeError(error).message}`, { cause: error });
  }
}

/** Resolves when there is room for the next one. */
function addEntry(tar: Pack, name: string, mtime: Date, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry({ name: `${folder}/${name}`, mode: 0o640, mtime }, content, (error) => {
      if (error === null || error === undefined) resolve();
      else reject(error);
    });
  });
}

export interface RestoreOptions {
  /** Whether what is there already is replaced; without it the parts of the archive must be empty. */
  readonly replace: boolean;
}

/** A file of the archive with its bytes on the disk, not yet under its name. */
interface Staged {
  readonly part: Part;
  readonly name: string;
  readonly path: string;
  readonly aside: string;
  /** When it was changed, to the second: where a file itself does not say it, its dashboard was changed then. */
  readonly mtime: Date | undefined;
}

/**
 * Restores an archive. Every file of it is written aside and checked before the first gets its name, so that an archive
 * that is refused changes nothing. Parts that are not in the archive stay as they are.
 *
 * @throws BackupError when the archive is damaged, of another format, holds what does not belong there, or does not fit
 */
export async function restoreBackup(source: Readable, parts: readonly Part[], { replace }: RestoreOptions): Promise<{ readonly manifest: Manifest; readonly counts: Counts }> {
  const staged: Staged[] = [];
  try {
    const manifest = await stage(source, parts, replace, staged);
    const chosen = parts.filter(({ name }) => manifest.parts.includes(name));
    const before = await Promise.all(chosen.map(async (part) => ({ part, names: await part.list() })));
    for (const { aside, path, mtime } of staged) {
      await mkdir(dirname(path), { recursive: true });
      await rename(aside, path);
      if (mtime !== undefined) await utimes(path, mtime, mtime);
    }
    for (const { part, names } of before) {
      const kept = new Set(staged.filter((file) => file.part === part).map(({ name }) => name));
      for (const path of names.filter((name) => !kept.has(name)).map(part.fileOf)) if (path !== undefined) await unlink(path).catch(unless('ENOENT'));
    }
    for (const directory of new Set(staged.map(({ path }) => dirname(path)))) await flush(directory);
    return { manifest, counts: new Map(chosen.map((part) => [part.name, staged.filter((file) => file.part === part).length])) };
  } catch (error) {
    // Those that have their name already are no longer there.
    for (const { aside } of staged) await unlink(aside).catch(unless('ENOENT'));
    if (error instanceof BackupError) throw error;
    throw new BackupError(`The archive is good and was restored in part only: ${describeError(error).message}. Restore it again with --replace when this is mended.`, { cause: error });
  }
}

/** Writes the archive's files aside, and resolves when all of them are what they should be. */
async function stage(source: Readable, parts: readonly Part[], replace: boolean, staged: Staged[]): Promise<Manifest> {
  const digests = new Map<string, string>();
  let manifest: Manifest | undefined;
  let listed: Map<string, string> | undefined;
  try {
    const entries = extract();
    const reading = pipeline(source, createGunzip(), entries);
    // Told by the loop below.
    reading.catch(() => undefined);
    for await (const entry of entries) {
      const name = nameOf(entry.header.name, entry.header.type);
      if (listed !== undefined || digests.has(name)) throw new BackupError(`The archive holds ${name} where nothing of that name belongs.`);
      const content = await buffer(entry);
      if (name === digestsFile) {
        listed = readDigests(content.toString());
        continue;
      }
      digests.set(name, digestOf(content));
      if (manifest === undefined) {
        manifest = readManifest(name, content.toString());
        await checkTarget(manifest, parts, replace);
        continue;
      }
      const { part, path, below } = placeOf(name, manifest, parts);
      const aside = await writeAside(part.directory, content).catch(notUsable(part));
      staged.push({ part, name: below, path, aside, mtime: entry.header.mtime });
    }
    await reading;
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError(`The archive is damaged, or is none: ${describeError(error).message}`, { cause: error });
  }
  if (manifest === undefined || listed === undefined) throw new BackupError('The archive is not complete: its end is missing.');
  const wrong = [...new Set([...digests.keys(), ...listed.keys()])].filter((name) => digests.get(name) !== listed.get(name));
  if (wrong.length > 0) throw new BackupError(`The archive is damaged: ${wrong.join(', ')} ${wrong.length === 1 ? 'is' : 'are'} not what was backed up.`);
  return manifest;
}

function nameOf(name: string, type: string | null | undefined): string {
  if (type !== 'file' || !name.startsWith(`${folder}/`)) throw new BackupError(`The archive holds ${JSON.stringify(name)}, which is no file of a backup.`);
  return name.slice(folder.length + 1);
}

function readManifest(name: string, text: string): Manifest {
  if (name !== manifestFile) throw new BackupError('The archive is no backup of odh-observability: it does not begin with a manifest.');
  const content: unknown = JSON.parse(text);
  const head = formatSchema.safeParse(content);
  if (head.success && head.data.format !== format) {
    throw new BackupError(`The archive has format ${head.data.format}, and this version of the app reads format ${format}. Restore it with a version of the app that reads it; the archive's manifest.json names the one that made it.`);
  }
  const manifest = manifestSchema.safeParse(content);
  if (!manifest.success) throw new BackupError('The archive is no backup of odh-observability: its manifest says something else.');
  return manifest.data;
}

/** Whether the archive fits into what is configured, and what is there may go. */
async function checkTarget({ parts: wanted }: Manifest, parts: readonly Part[], replace: boolean): Promise<void> {
  for (const name of wanted) {
    const part = parts.find((candidate) => candidate.name === name);
    if (part === undefined) throw new BackupError(`The archive holds ${name}, and the configuration has no place for them. Set ${keyOf[name]}.`);
    const there = await part.list().catch(notUsable(part));
    if (there.length > 0 && !replace) {
      throw new BackupError(`${part.directory} (${keyOf[name]}) is not empty: ${there.length === 1 ? '1 file is' : `${there.length} files are`} there. With --replace those of the archive take their place.`);
    }
  }
}

/** For `catch`: says which folder it was. */
function notUsable({ name, directory }: Part): (error: unknown) => never {
  return (error) => {
    throw new BackupError(`${directory} (${keyOf[name]}) cannot be used: ${describeError(error).message}`, { cause: error });
  };
}

function placeOf(name: string, manifest: Manifest, parts: readonly Part[]): { readonly part: Part; readonly path: string; readonly below: string } {
  const part = parts.find((candidate) => manifest.parts.includes(candidate.name) && name.startsWith(`${candidate.name}/`));
  const below = part === undefined ? '' : name.slice(part.name.length + 1);
  const path = part?.fileOf(below);
  if (part === undefined || path === undefined) throw new BackupError(`The archive holds ${JSON.stringify(name)}, which is no file of a backup.`);
  return { part, path, below };
}

function readDigests(text: string): Map<string, string> {
  return new Map([...text.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)].map(([, digest = '', name = '']) => [name, digest]));
}

function digestOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
