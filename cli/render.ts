/** `render`: a template and values to one dashboard for each of them. */
import { join } from 'node:path';
import { parseYaml, YamlSyntaxError } from '../lib/config/yaml';
import { z } from '../lib/contracts/zod';
import { readArguments } from './arguments';
import { dashboardsIn } from './documents';
import { readText, writeText } from './files';
import { write } from './formats';
import { UsageError, type ExitCode, type Terminal } from './terminal';
import { checkTexts } from './validate';

export const renderUsage = `odh-observability render <template> --values <file> [options]

  Writes one dashboard for each item of the values, such as one for each deployed model. In the template, {{ name }} is
  replaced by the item's value of this name, or by the one that all share; a name without a value is an error.
  {{ "{{model}}" }} stands for {{model}} itself, as names of series have it. What comes out has to pass validate.

  --values <file>      YAML: items, a list of name-value maps; every other key is shared by all of them
  --output <folder>    where to write <name>.yaml for each (default: all to standard output)
`;

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const valuesSchema = z.looseObject({ items: z.array(z.record(z.string(), scalar)) });

export async function render(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values: options, positionals } = readArguments(args, { values: { type: 'string' }, output: { type: 'string' } });
  const [template, ...others] = positionals;
  if (template === undefined || others.length > 0 || options.values === undefined) throw new UsageError('Name one template, and its values with --values.');
  const items = readValues(options.values, await readText(options.values));
  const source = await readText(template);
  const texts = items.map((values, index) => ({ file: `${template}, item ${index + 1}`, text: fill(source, values, `${template}, item ${index + 1}`) }));
  const checked = checkTexts(texts, { platformProject: 'opendatahub', datasources: undefined, metricExists: undefined });
  if (checked.findings.length > 0) {
    terminal.err(write.text(checked));
    return 1;
  }
  if (options.output === undefined) {
    terminal.out(texts.map(({ text }) => `${text.trimEnd()}\n`).join('---\n'));
    return 0;
  }
  for (const { file, text } of texts) await writeText(join(options.output, `${dashboardsIn(file, text, 'opendatahub').dashboards[0]?.dashboard.metadata.name ?? ''}.yaml`), text);
  terminal.err(`${texts.length} ${texts.length === 1 ? 'dashboard' : 'dashboards'} written to ${options.output}.`);
  return 0;
}

type Values = Readonly<Record<string, string | number | boolean>>;

function readValues(file: string, text: string): Values[] {
  try {
    const parsed = valuesSchema.safeParse(parseYaml(text)[0]?.value);
    if (!parsed.success) throw new UsageError(`${file}: expected "items", a list of maps from names to texts, numbers or booleans (${parsed.error.issues[0]?.path.join('.') ?? ''}).`);
    const { items, ...rest } = parsed.data;
    const shared = Object.entries(rest).map(([name, value]) => {
      const known = scalar.safeParse(value);
      if (!known.success) throw new UsageError(`${file}: ${name}: expected a text, a number or a boolean.`);
      return [name, known.data] as const;
    });
    if (items.length === 0) throw new UsageError(`${file}: items holds nothing.`);
    return items.map((item) => ({ ...Object.fromEntries(shared), ...item }));
  } catch (error) {
    throw error instanceof YamlSyntaxError ? new UsageError(`${file}:${error.position.line}:${error.position.column}: ${error.message}`) : error;
  }
}

/** @throws UsageError for a name without a value, a brace that belongs to nothing, and a value that would be more than one line */
function fill(template: string, values: Values, place: string): string {
  return template.replaceAll(/\{\{\s*(?:"([^"\n]*)"|([^{}\n]*?))\s*\}\}/g, (whole, literal: string | undefined, name: string | undefined, offset: number) => {
    if (literal !== undefined) return literal;
    const line = template.slice(0, offset).split('\n').length;
    const value = Object.hasOwn(values, name ?? '') ? values[name ?? ''] : undefined;
    if (value === undefined) throw new UsageError(`${place}, line ${line}: ${whole} has no value. Add "${name ?? ''}" to the values, or write {{ "${whole}" }} if it is meant as it is.`);
    const text = String(value);
    if (/[\r\n]/.test(text)) throw new UsageError(`${place}, line ${line}: the value of "${name ?? ''}" is more than one line.`);
    return text;
  });
}
