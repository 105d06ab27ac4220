// What Go modules publish beside their code; a go.mod pins their versions, its go.sum their contents.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../demo/setup/index.mjs';
import { requireCommands } from './commands.mjs';

/**
 * Fetches modules, unless they were fetched before.
 *
 * @param title for people
 * @param folder of the go.mod, below the project
 * @returns their folders, by module; they are read-only
 */
export async function ensureGoModules({ steps, title, folder, modules }) {
  requireCommands({ go: 'version' });
  const { stdout } = await steps.run(`Fetching ${title}`, () =>
    promisify(execFile)('go', ['mod', 'download', '-json', ...modules], { cwd: join(projectRoot, folder), env: { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=readonly' } }),
  );
  // One JSON object after the other.
  const fetched = JSON.parse(`[${stdout.replaceAll(/^}\n(?=\{)/gm, '},')}]`);
  return Object.fromEntries(fetched.map(({ Path, Dir }) => [Path, Dir]));
}
