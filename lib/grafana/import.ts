/**
 * A Grafana dashboard as a `PersesDashboard` resource, with a report of what was converted, approximated and left out.
 * Pure; what it makes keeps the rules that `validate` checks.
 */
import { reasonOf } from '../config/expectation';
import { configSchema } from '../config/schema';
import { annotationPrefix, type DashboardSpec } from '../contracts/dashboard';
import { rulesBrokenBy } from '../dashboards/check/rules';
import { parseDashboard } from '../dashboards/parse';
import { withDefined } from './formatting';
import { placesOf, rowsOf } from './layout';
import { grafanaSchema, type GrafanaDashboard, type GrafanaPanel } from './model';
import { addressOf, convertPanel, placeholder, type Panel } from './panels';
import { createReport, notesOn, type Notes, type Report, type ReportEntry } from './report';
import { translateVariables, unknownNames } from './text';
import { convertVariables, type Variable } from './variables';

export interface ImportOptions {
  /** Name of the resource; made from the title when there is none. */
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
}

export interface Imported {
  /** A `PersesDashboard` of `perses.dev/v1alpha2`. */
  readonly resource: { readonly metadata: { readonly name: string } & Record<string, unknown>; readonly spec: { readonly config: DashboardSpec } } & Record<string, unknown>;
  readonly report: readonly ReportEntry[];
}

/** The text is no Grafana dashboard that can be imported; the message says why. */
export class GrafanaImportError extends Error {
  override readonly name = 'GrafanaImportError';
}

/** Panels as they are since Grafana 8. */
const oldestSchema = 30;

/**
 * @param value the JSON as Grafana exports it, or as its API answers it (`{dashboard, meta}`)
 * @throws GrafanaImportError when it is no dashboard of Grafana, or an older one
 */
export function importGrafana(value: unknown, { name, namespace }: ImportOptions = {}): Imported {
  const grafana = read(value);
  const report = createReport();
  const variables = convertVariables(grafana.templating?.list ?? [], report);
  const { panels, layouts } = convertPanels(grafana, variables, report);
  const spec = {
    display: withDefined({ name: grafana.title, description: grafana.description === '' ? undefined : grafana.description }),
    duration: durationOf(grafana, report),
    ...refreshOf(grafana, report),
    ...(variables.length === 0 ? {} : { variables }),
    panels,
    layouts,
  };
  const links = linksOf(grafana, report);
  for (const { name: annotation = '', builtIn } of grafana.annotations?.list ?? []) if (builtIn !== 1) report.add('left out', `annotation "${annotation}"`, 'annotations are not drawn');
  const metadata = {
    name: name ?? nameOf(grafana.title),
    ...withDefined({ namespace }),
    ...(links === '' ? {} : { annotations: { [`${annotationPrefix}help`]: links } }),
  };
  const resource = { apiVersion: 'perses.dev/v1alpha2', kind: 'PersesDashboard', metadata, spec: { config: spec } };
  return { resource: { ...resource, spec: { config: withoutRefused(resource, report) } }, report: report.entries };
}

function read(value: unknown): GrafanaDashboard {
  const inner = typeof value === 'object' && value !== null && 'dashboard' in value ? value.dashboard : value;
  if (typeof inner === 'object' && inner !== null && 'apiVersion' in inner && 'spec' in inner) {
    throw new GrafanaImportError('This is a resource of Grafana\'s newer API. Export the dashboard as "Classic" JSON instead.');
  }
  const parsed = grafanaSchema.safeParse(inner);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new GrafanaImportError(`This is no dashboard of Grafana: ${issue === undefined ? '' : `${issue.path.join('.')}: ${reasonOf(issue, inner)}`}`);
  }
  const { schemaVersion } = parsed.data;
  if (schemaVersion < oldestSchema) {
    throw new GrafanaImportError(`The dashboard has schemaVersion ${schemaVersion}; ${oldestSchema} and later are imported. Open and save it in Grafana 8 or later first.`);
  }
  return parsed.data;
}

function convertPanels(grafana: GrafanaDashboard, variables: readonly Variable[], report: Report): { panels: Record<string, Panel>; layouts: unknown[] } {
  const known = new Set(variables.map(({ spec }) => spec.name));
  const panels: Record<string, Panel> = {};
  const layouts = rowsOf(grafana.panels).map((row, rowIndex) => {
    const titles = new Map(row.panels.map((panel) => [panel, titleOf(panel, report)]));
    const partOf = (panel: GrafanaPanel): string => `panel "${titles.get(panel) || `of type ${panel.type ?? 'unknown'}`}"`;
    const notesOf = (panel: GrafanaPanel): Notes => notesOn(report, partOf(panel));
    const places = placesOf(row, notesOf);
    if (row.title !== undefined) reportRow(row.title, row.repeat, known, report);
    return {
      kind: 'Grid',
      spec: {
        ...(row.title === undefined ? {} : { display: { title: translateVariables(row.title, notesOn(report, `row "${row.title}"`)), collapse: { open: row.open } } }),
        items: row.panels.map((panel, index) => {
          const key = `${rowIndex}_${index}`;
          const title = titles.get(panel) ?? '';
          const before = report.entries.length;
          panels[key] = withKnownVariables(convertPanel(panel, title, notesOf(panel)), title, known, notesOf(panel));
          if (report.entries.length === before) report.add('converted', partOf(panel));
          return { ...places.get(panel), content: { $ref: `#/spec/panels/${key}` } };
        }),
        ...(row.repeat !== undefined && known.has(row.repeat) ? { repeatVariable: row.repeat } : {}),
      },
    };
  });
  return { panels, layouts };
}

function reportRow(title: string, repeat: string | undefined, known: ReadonlySet<string>, report: Report): void {
  const part = `row "${title}"`;
  if (repeat !== undefined && repeat !== '' && !known.has(repeat)) report.add('approximated', part, `it is not repeated: there is no variable $${repeat}`);
  else report.add('converted', part);
}

function titleOf({ id, title, type }: GrafanaPanel, report: Report): string {
  if (title !== undefined && title.trim() !== '') return translateVariables(title, notesOn(report, `panel "${title}"`));
  // A text speaks for itself.
  if (type === 'text') return '';
  const made = `Panel ${id ?? 'without a title'}`;
  report.add('approximated', `panel "${made}"`, 'it has no title');
  return made;
}

/** A query that names a variable which was left out asks for nothing. */
function withKnownVariables(panel: Panel, title: string, known: ReadonlySet<string>, notes: Notes): Panel {
  const { queries = [] } = panel.spec;
  const kept = queries.filter(({ spec: { plugin } }) => {
    const unknown = unknownNames(plugin.spec.query, known);
    if (unknown.length > 0) notes.leftOut(`a query that names $${unknown.join(', $')}, which was left out`);
    return unknown.length === 0;
  });
  if (kept.length === queries.length) return panel;
  return kept.length === 0 ? placeholder(title, 'its queries name variables that were left out', notes) : { ...panel, spec: { ...panel.spec, queries: kept } };
}

/** Leaves out the queries that the server would refuse, and says which. */
function withoutRefused(resource: unknown, report: Report): DashboardSpec {
  const parsed = parseDashboard(resource, 'imported');
  // What is made here has the form of a dashboard; anything else is a defect of this folder.
  if ('problems' in parsed) throw new Error(`not a dashboard: ${JSON.stringify(parsed.problems)}`);
  const { spec } = parsed.dashboard;
  const panels = { ...spec.panels };
  let variables = spec.variables;
  const broken = rulesBrokenBy(parsed.dashboard, { limits: configSchema.shape.limits.parse({}), scopeLabel: 'namespace', datasources: undefined, metricExists: undefined });
  for (const { path, reason } of broken) {
    const [part, key] = path;
    const panel = part === 'panels' ? panels[String(key)] : undefined;
    const title = panel?.spec.display?.name ?? '';
    if (panel !== undefined) panels[String(key)] = placeholder(title, reason, notesOn(report, `panel "${title}"`));
    const variable = part === 'variables' ? spec.variables?.[Number(key)] : undefined;
    if (variable !== undefined) {
      report.add('left out', `variable "${variable.spec.name}"`, reason);
      variables = variables?.map((one) => (one === variable ? { kind: 'TextVariable', spec: { name: variable.spec.name, value: '.*' } } : one));
    }
  }
  return { ...spec, ...(variables === undefined ? {} : { variables }), panels };
}

function durationOf({ time }: GrafanaDashboard, report: Report): string {
  const [, amount, unit] = /^now-(\d+)([smhdwMy])$/.exec(time?.from ?? '') ?? [];
  if (amount !== undefined && unit !== undefined && time?.to === 'now') return unit === 'M' ? `${Number(amount) * 30}d` : `${amount}${unit}`;
  report.add('approximated', 'time range', `${time?.from ?? 'none'} to ${time?.to ?? 'none'} is the last hour`);
  return '1h';
}

function refreshOf({ refresh }: GrafanaDashboard, report: Report): { refreshInterval?: string } {
  if (typeof refresh !== 'string' || refresh === '') return {};
  if (/^\d+[smhd]$/.test(refresh)) return { refreshInterval: refresh };
  report.add('left out', 'refresh', `"${refresh}" is no interval`);
  return {};
}

/** Links of the whole dashboard, for its help: Perses has links on panels only. */
function linksOf({ links }: GrafanaDashboard, report: Report): string {
  const lines = links.flatMap(({ title = '', url }) => {
    const part = `link "${title}"`;
    if (url === undefined || url === '') {
      report.add('left out', part, 'a list of dashboards by tag');
      return [];
    }
    const address = addressOf(url, notesOn(report, part));
    if (address === undefined) return [];
    report.add('approximated', part, 'it stands in the help of the dashboard');
    return [`- [${title === '' ? address : title}](${address})`];
  });
  return lines.length === 0 ? '' : `## Links\n${lines.join('\n')}\n`;
}

/** A Kubernetes name from a title. */
function nameOf(title: string): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'imported' : name;
}
