// One hash over the names and contents of files, to notice a change.
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Installed or built, so no source. */
const noSource = /\/(?:node_modules|\.next)$/;

async function listFiles(path) {
  if (noSource.test(path)) return [];
  const status = await stat(path).catch(() => undefined);
  if (status === undefined) return [];
  if (!status.isDirectory()) return [path];
  const children = await readdir(path);
  return (await Promise.all(children.map((child) => listFiles(join(path, child))))).flat();
}

/**
 * SHA-256 over the files and folders `paths` below `root`. What does not exist counts as empty, so that adding it is a change.
 *
 * @param include says of a path whether the file counts
 */
export async function hashFiles(root, paths, include = () => true) {
  const files = (await Promise.all(paths.map((path) => listFiles(join(root, path))))).flat().filter(include).sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const content = await readFile(file);
    hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
