// The Perses server with the schemas of its plugins, from their Go modules; peers/perses/go.mod has the versions.
import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFiles, projectRoot, runCommand } from '../../demo/setup/index.mjs';
import { ensureGoModules } from './go-modules.mjs';
import { cache } from './paths.mjs';

const folder = 'peers/perses';
const server = 'github.com/perses/perses';

/** npm packages by the Go modules that publish their plugins' schemas. */
const plugins = {
  'github.com/perses/plugins/barchart': 'bar-chart-plugin',
  'github.com/perses/plugins/gaugechart': 'gauge-chart-plugin',
  'github.com/perses/plugins/markdown': 'markdown-plugin',
  'github.com/perses/plugins/prometheus': 'prometheus-plugin',
  'github.com/perses/plugins/statchart': 'stat-chart-plugin',
  'github.com/perses/plugins/staticlistvariable': 'static-list-variable-plugin',
  'github.com/perses/plugins/table': 'table-plugin',
  'github.com/perses/plugins/timeserieschart': 'timeseries-chart-plugin',
};

/** npm packages whose schemas no Go module publishes, and the panels in them: of these, the server looks at the kind alone. */
const withoutSchema = {
  'heatmap-chart-plugin': 'HeatMapChart',
  'histogram-chart-plugin': 'HistogramChart',
  'pie-chart-plugin': 'PieChart',
  'scatter-chart-plugin': 'ScatterChart',
  'status-history-chart-plugin': 'StatusHistoryChart',
};

/** Folder with the program `perses` and its `plugins`. */
export async function ensurePerses({ steps }) {
  const home = join(cache, 'perses');
  const stamp = join(home, 'stamp');
  const wanted = JSON.stringify([await hashFiles(join(projectRoot, folder), ['go.mod', 'go.sum']), plugins, withoutSchema]);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return home;

  const folders = await ensureGoModules({ steps, title: 'the Perses server', folder, modules: [server, ...Object.keys(plugins)] });
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await steps.run('Building the Perses server', async () => {
    const source = join(home, 'source');
    await copyWritable(folders[server], source);
    // Its pages are not in the module, and nobody opens them here.
    await writeFile(join(source, 'ui', 'embed.go'), 'package ui\n\nimport "embed"\n\nvar embedFS embed.FS\n');
    await runCommand('nice', ['go', 'build', '-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', `-o=${join(home, 'server')}`, '-p=2', './cmd/perses'], { cwd: source, env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' } });
    for (const [module, npm] of Object.entries(plugins)) {
      const target = await addPlugin(home, npm);
      await copyWritable(join(folders[module], 'schemas'), join(target, 'schemas'));
      // What schemas share was moved from one module to another; they are looked for beside the plugin, not in a registry.
      for (const shared of ['perses', 'shared']) await copyWritable(join(source, 'cue'), join(target, 'cue.mod', 'pkg', 'github.com', 'perses', shared, 'cue'));
      await writeFile(join(target, 'cue.mod', 'module.cue'), cueModule(`${module}@v0`));
    }
    for (const [npm, kind] of Object.entries(withoutSchema)) {
      const target = await addPlugin(home, npm);
      await mkdir(join(target, 'schemas'));
      await mkdir(join(target, 'cue.mod'));
      await writeFile(join(target, 'schemas', 'any.cue'), `package model\n\nkind: "${kind}"\nspec: {...}\n`);
      await writeFile(join(target, 'cue.mod', 'module.cue'), cueModule(`observability.opendatahub.io/${npm}@v0`));
    }
    await rm(source, { recursive: true });
    await writeFile(stamp, wanted);
  });
  return home;
}

const cueModule = (name) => `module: "${name}"\nlanguage: version: "v0.14.0"\n`;

/** Adds what says which plugins there are; returns the plugin's folder. */
async function addPlugin(home, npm) {
  const target = join(home, 'plugins', npm);
  await mkdir(target, { recursive: true });
  for (const file of ['package.json', 'mf-manifest.json']) await cp(join(projectRoot, 'node_modules', '@perses-dev', npm, file), join(target, file));
  return target;
}

/** Files of a module are read-only. */
async function copyWritable(from, to) {
  await cp(from, to, { recursive: true, filter: (path) => !path.endsWith('/cue.mod') });
  await chmod(to, 0o755);
  for (const entry of await readdir(to, { recursive: true, withFileTypes: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}
