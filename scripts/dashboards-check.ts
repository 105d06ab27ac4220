/**
 * `npm run dashboards:check`: whether the dashboards in dashboards/ are fit to ship. Prints what is wrong with file and
 * line, and how much was looked at.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { configSchema } from '../lib/config/schema';
import { parseYaml } from '../lib/config/yaml';
import { readMetricCatalogue } from '../lib/dashboards/check/catalogue';
import { checkDashboard, type CheckContext } from '../lib/dashboards/check/check';
import { anchorOf } from '../lib/dashboards/check/links';
import { queriesOf } from '../lib/dashboards/check/queries';
import { parseDashboard } from '../lib/dashboards/parse';

const root = join(import.meta.dirname, '..');
const platformProject = 'opendatahub';

const textOf = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const files = (folder: string, ending: string): string[] => readdirSync(join(root, folder)).filter((name) => name.endsWith(ending)).sort();

const runbook = (file: string): [string, Set<string>] => [
  file.slice(0, -'.md'.length),
  new Set([...textOf('docs', 'runbooks', file).matchAll(/^##+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))),
];

const read = files('dashboards', '.yaml').flatMap((file) =>
  parseYaml(textOf('dashboards', file)).map((document) => ({ file, document, parsed: parseDashboard(document.value, platformProject) })),
);
const dashboards = read.flatMap(({ parsed }) => ('dashboard' in parsed ? [parsed.dashboard] : []));
const context: CheckContext = {
  dashboards,
  metrics: readMetricCatalogue(textOf('docs', 'metrics.md')),
  runbooks: new Map(files(join('docs', 'runbooks'), '.md').map(runbook)),
  limits: configSchema.shape.limits.parse({}),
  scopeLabel: 'namespace',
};

let problems = 0;
// kubectl and Helm read YAML 1.1, in which a bare `y` is `true`.
for (const file of files('dashboards', '.yaml')) {
  const text = textOf('dashboards', file);
  if (isDeepStrictEqual(parse(text), parse(text, { version: '1.1' }))) continue;
  problems += 1;
  console.error(`dashboards/${file}: means something else in YAML 1.1; quote keys and values such as y, on and no`);
}
for (const { file, document, parsed } of read) {
  const report = (path: readonly PropertyKey[], reason: string): void => {
    problems += 1;
    console.error(`dashboards/${file}:${document.lineOf(path)}: ${reason}`);
  };
  if ('problems' in parsed) {
    for (const { path, reason } of parsed.problems) report(path, reason);
    continue;
  }
  // Shipped dashboards are written in the newer form, in which the dashboard is at spec.config.
  for (const { path, reason } of checkDashboard(parsed.dashboard, context)) report(['spec', 'config', ...path], reason);
  if (`${parsed.dashboard.metadata.name}.yaml` !== file) report(['metadata', 'name'], 'the file does not have the name of its dashboard');
}
const queries = dashboards.reduce((sum, dashboard) => sum + queriesOf(dashboard).length, 0);
console.log(`${dashboards.length} dashboards with ${queries} queries: ${problems === 0 ? 'no problems' : `${problems} problems`}.`);
process.exitCode = problems === 0 && dashboards.length > 0 ? 0 : 1;
