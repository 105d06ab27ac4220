// Programs built from Go modules: a go.mod beside this folder pins them as tools, its go.sum their contents.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFiles, projectRoot, runCommand } from '../../demo/setup/index.mjs';
import { requireCommands } from './commands.mjs';
import { cache } from './paths.mjs';

/**
 * Builds the programs of one module, unless they were built from the same go.mod before.
 *
 * @param title for people
 * @param folder of the module, below the project
 * @param programs by name: `packagePath`, and `variables` that the linker sets
 * @returns paths of the programs, by name
 */
export async function ensureGoTools({ steps, title, folder, programs }) {
  const directory = join(projectRoot, folder);
  const output = join(cache, 'bin');
  const paths = Object.fromEntries(Object.keys(programs).map((name) => [name, join(output, name)]));
  const stamp = join(output, `${folder.replaceAll('/', '-')}.stamp`);
  const wanted = JSON.stringify([await hashFiles(directory, ['go.mod', 'go.sum']), programs]);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return paths;

  requireCommands({ go: 'version' });
  await mkdir(output, { recursive: true });
  await steps.run(`Building ${title}`, async (report) => {
    for (const [name, { packagePath, variables = {} }] of Object.entries(programs)) {
      report(name);
      const set = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`);
      const args = ['build', '-mod=readonly', '-trimpath', '-buildvcs=false', `-ldflags=${['-s', '-w', ...set].join(' ')}`, `-o=${paths[name]}`, '-p=2', packagePath];
      // The compiler takes a gigabyte and a half as it is; more of it at once would not be faster on two cores.
      await runCommand('nice', ['go', ...args], { cwd: directory, env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' } });
    }
    await writeFile(stamp, wanted);
  });
  return paths;
}
