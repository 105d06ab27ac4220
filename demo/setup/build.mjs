// Builds the app for production, unless the build that is there was made from the same sources.
import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFiles } from './hash-files.mjs';
import { projectRoot } from './project-root.mjs';
import { runCommand } from './run-command.mjs';
import { createSteps } from './steps.mjs';

/** What the build reads. Dashboards are not here: the server reads them from disk when it starts. */
const inputs = [
  'app',
  'components',
  'federation',
  'lib',
  'public',
  'cli',
  'server',
  'scripts/build-federation.mjs',
  'scripts/build-server.mjs',
  'proxy.ts',
  'next.config.js',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

const outputs = ['.next/BUILD_ID', 'dist/server.js', 'public/federation/_next/static/chunks/remoteEntry.js'];

/** Beside the build, so that it goes when the build goes. */
const stamp = join(projectRoot, 'dist', 'inputs.sha256');

/** Neither tests nor what the build itself publishes. */
const isSource = (path) => !/\.test\.tsx?$|\/public\/federation\//.test(path);

async function isCurrent(hash) {
  try {
    await Promise.all(outputs.map((output) => access(join(projectRoot, output))));
    return (await readFile(stamp, 'utf8')) === hash;
  } catch {
    return false;
  }
}

/** Runs `npm run build` when a source changed since the last build that this function made. */
export async function ensureBuild({ steps = createSteps(), signal } = {}) {
  const hash = await hashFiles(projectRoot, inputs, isSource);
  if (await isCurrent(hash)) return;
  await steps.run('Building the app', async (report) => {
    await rm(stamp, { force: true });
    await runCommand('npm', ['run', 'build'], {
      cwd: projectRoot,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
      signal,
      onLine: (line) => line.trim() !== '' && report(line.trim().slice(0, 70)),
    });
    // Of the sources as they were before the build: one that changed meanwhile is built the next time.
    await writeFile(stamp, hash);
  });
}
