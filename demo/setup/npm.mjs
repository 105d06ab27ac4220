// Makes node_modules agree with package-lock.json.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './project-root.mjs';
import { runCommand } from './run-command.mjs';
import { createSteps } from './steps.mjs';

async function readLock(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8')).packages ?? {};
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Whether what is installed is what the lock file says. npm itself records what it installed, as its last act, in
 * node_modules/.package-lock.json; so an interrupted installation and a changed lock file are both noticed.
 */
export async function packagesAreCurrent(root = projectRoot) {
  const wanted = await readLock(join(root, 'package-lock.json'));
  const installed = await readLock(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    const present = installed[path];
    // Optional packages are those for other platforms.
    return present === undefined ? optional === true || devOptional === true : present.version === version;
  });
}

/** Runs `npm ci` unless node_modules is current. */
export async function ensureNpmPackages({ steps = createSteps(), signal, root = projectRoot } = {}) {
  if (await packagesAreCurrent(root)) return;
  // NODE_ENV=production in someone's shell must not leave out what builds the app.
  await steps.run('Installing npm packages', () => runCommand('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root, signal }));
}
