/** `import-grafana`: a dashboard of Grafana as a `PersesDashboard`, with a report of what is not as it was. */
import { parseYaml, YamlSyntaxError } from '../lib/config/yaml';
import { GrafanaImportError, importGrafana, type Imported } from '../lib/grafana/import';
import { readArguments } from './arguments';
import { readText, writeText } from './files';
import { yamlOf } from '../lib/dashboards/forms';
import { UsageError, type ExitCode, type Terminal } from './terminal';

export const importGrafanaUsage = `odh-observability import-grafana <file> [options]

  Converts a dashboard that Grafana exported (JSON, schemaVersion 30 and later) to a PersesDashboard resource, and
  reports what was converted, approximated or left out. "-" reads standard input.

  --output <file>      where to write the resource (default: standard output)
  --report <file>      where to write the report, as JSON if the name ends so (default: as text to standard error)
  --name <name>        name of the resource (default: made from the title)
  --namespace <name>   namespace of the resource (default: none)
`;

export async function importGrafanaFile(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, { output: { type: 'string' }, report: { type: 'string' }, name: { type: 'string' }, namespace: { type: 'string' } });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('Name one file.');
  const { resource, report } = convert(file, await readText(file), values);
  const yaml = yamlOf(resource);
  if (values.output === undefined) terminal.out(yaml);
  else await writeText(values.output, yaml);
  if (values.report === undefined) terminal.err(reportText(report));
  else await writeText(values.report, values.report.endsWith('.json') ? `${JSON.stringify(report, null, 2)}\n` : `${reportText(report)}\n`);
  return 0;
}

function convert(file: string, text: string, options: { readonly name?: string | undefined; readonly namespace?: string | undefined }): Imported {
  try {
    return importGrafana(parseYaml(text)[0]?.value, options);
  } catch (error) {
    if (error instanceof YamlSyntaxError) throw new UsageError(`${file}:${error.position.line}:${error.position.column}: ${error.message}`);
    throw error instanceof GrafanaImportError ? new UsageError(`${file}: ${error.message}`) : error;
  }
}

function reportText(report: Imported['report']): string {
  const count = (outcome: string): number => report.filter((entry) => entry.outcome === outcome).length;
  const lines = report.filter(({ detail }) => detail !== undefined).map(({ outcome, part, detail }) => `${outcome}: ${part}: ${detail}`);
  return [...lines, `${count('converted')} converted as they were, ${count('approximated')} notes on what was approximated, ${count('left out')} on what was left out.`].join('\n');
}
