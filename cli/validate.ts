/** `validate`: whether dashboards would be accepted and could be drawn, and what to do where not. */
import { configSchema } from '../lib/config/schema';
import { z } from '../lib/contracts/zod';
import { rulesBrokenBy, type RuleContext } from '../lib/dashboards/check/rules';
import { keyOf } from '../lib/dashboards/store';
import { describeError } from '../lib/telemetry/describe-error';
import { oneOf, readArguments } from './arguments';
import { dashboardsIn, type Finding } from './documents';
import { filesIn, readText } from './files';
import { formats, write, type Result } from './formats';
import { UsageError, type ExitCode, type Terminal } from './terminal';

export const validateUsage = `odh-observability validate <file or folder>… [options]

  Checks dashboards in YAML or JSON: PersesDashboard resources, dashboards as Perses writes them, and ConfigMaps that
  hold dashboards. "-" reads standard input.

  --format text|json|sarif|junit   how to say what was found (default: text)
  --prometheus <url>               look there whether the metrics exist; a token for it comes from OBSERVABILITY_TOKEN
  --datasources <name,…>           names that queries may give to their datasource (default: any)
  --namespace <name>               project of dashboards that name none (default: opendatahub)
`;

export async function validate(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    format: { type: 'string', default: 'text' },
    prometheus: { type: 'string' },
    datasources: { type: 'string' },
    namespace: { type: 'string', default: 'opendatahub' },
  });
  const format = oneOf('format', values.format, formats);
  if (positionals.length === 0) throw new UsageError('No file is given.');
  const files = await filesIn(positionals);
  const metrics = values.prometheus === undefined ? undefined : await metricsOf(values.prometheus, terminal);
  const texts = await Promise.all(files.map(async (file) => ({ file, text: await readText(file) })));
  const result = checkTexts(texts, {
    platformProject: values.namespace,
    datasources: values.datasources?.split(',').map((name) => name.trim()),
    metricExists: metrics === undefined ? undefined : (name) => metrics.has(name),
  });
  terminal.out(write[format](result));
  return result.findings.length === 0 ? 0 : 1;
}

export interface CheckOptions extends Pick<RuleContext, 'datasources' | 'metricExists'> {
  /** Project of dashboards that name none. */
  readonly platformProject: string;
}

/** Everything that is wrong in some texts. */
export function checkTexts(texts: readonly { readonly file: string; readonly text: string }[], { platformProject, datasources, metricExists }: CheckOptions): Result {
  const context: RuleContext = { limits: configSchema.shape.limits.parse({}), scopeLabel: 'namespace', datasources, metricExists };
  const findings: Finding[] = [];
  const places = new Map<string, string>();
  let dashboards = 0;
  for (const { file, text } of texts) {
    const found = dashboardsIn(file, text, platformProject);
    const mine = [...found.findings];
    dashboards += found.dashboards.length;
    for (const { dashboard, finding, findingAtName } of found.dashboards) {
      mine.push(...rulesBrokenBy(dashboard, context).map(({ path, rule, reason }) => finding(path, rule, reason)));
      const key = keyOf(dashboard.metadata.project, dashboard.metadata.name);
      const first = places.get(key);
      if (first === undefined) places.set(key, file);
      else mine.push(findingAtName('duplicate', `${key} is in ${first} already`));
    }
    findings.push(...mine.sort((a, b) => a.line - b.line || a.column - b.column));
  }
  return { files: texts.map(({ file }) => file), dashboards, findings };
}

/** https://prometheus.io/docs/prometheus/latest/querying/api/#querying-label-values */
const namesSchema = z.looseObject({ data: z.array(z.string()) });

async function metricsOf(address: string, { environment, fetch }: Terminal): Promise<ReadonlySet<string>> {
  const token = environment['OBSERVABILITY_TOKEN'];
  const url = `${address.replace(/\/+$/, '')}/api/v1/label/__name__/values`;
  if (!/^https?:/.test(url) || !URL.canParse(url)) throw new UsageError(`--prometheus is "${address}"; expected an http or https address.`);
  try {
    const response = await fetch(url, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(30_000) });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    return new Set(namesSchema.parse(await response.json()).data);
  } catch (error) {
    throw new UsageError(`The metrics of ${address} cannot be listed: ${describeError(error).message}`);
  }
}
