/** `export`: dashboards of a running app, or of a folder, as files for Git. */
import { join } from 'node:path';
import { appAt } from './app';
import { oneOf, readArguments } from './arguments';
import { readDashboards } from './documents';
import { writeText } from './files';
import { forms, inForm } from '../lib/dashboards/forms';
import { UsageError, type ExitCode, type Terminal } from './terminal';

export const exportUsage = `odh-observability export (--from <url> | --directory <folder>) --output <folder> [options]

  Writes each dashboard to a file of its own, <project>.<name>.yaml, without version and times.

  --from <url>                    a running app; the token for it comes from OBSERVABILITY_TOKEN
  --directory <folder>            files with dashboards
  --project <name>                only those of this project
  --format cr|perses|configmap    PersesDashboard, a dashboard as Perses writes it, or a ConfigMap (default: cr)
`;

export async function exportDashboards(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    from: { type: 'string' },
    directory: { type: 'string' },
    output: { type: 'string' },
    project: { type: 'string' },
    format: { type: 'string', default: 'cr' },
  });
  const form = oneOf('format', values.format, forms);
  const { output, from, directory, project } = values;
  if (positionals.length > 0 || output === undefined) throw new UsageError('Name the folder to write to with --output.');
  if ((from === undefined) === (directory === undefined)) throw new UsageError('Name either --from or --directory.');
  const dashboards = from === undefined ? await readDashboards([directory ?? ''], 'opendatahub') : await appAt(from, terminal).list(project);
  const wanted = dashboards.filter(({ metadata }) => project === undefined || metadata.project === project);
  for (const dashboard of wanted) await writeText(join(output, `${dashboard.metadata.project}.${dashboard.metadata.name}.yaml`), inForm(form, dashboard));
  terminal.err(`${wanted.length} ${wanted.length === 1 ? 'dashboard' : 'dashboards'} written to ${output}.`);
  return 0;
}
