/** Panels of Grafana as panels of Perses. */
import { calculationOf, formatOf, legendOf, mappingsOf, thresholdsOf, withDefined, type Format } from './formatting';
import type { GrafanaDatasource, GrafanaPanel, GrafanaTarget } from './model';
import type { Notes } from './report';
import { translateVariables } from './text';

export interface Panel {
  readonly kind: 'Panel';
  readonly spec: {
    readonly display?: { readonly name: string; readonly description?: string };
    readonly plugin: { readonly kind: string; readonly spec: Record<string, unknown> };
    readonly queries?: readonly Query[];
    readonly links?: readonly Record<string, unknown>[];
  };
}

interface Query {
  readonly kind: 'TimeSeriesQuery';
  readonly spec: { readonly plugin: { readonly kind: 'PrometheusTimeSeriesQuery'; readonly spec: { readonly query: string } & Record<string, unknown> } };
}

type Plugin = Panel['spec']['plugin'];
type Convert = (panel: GrafanaPanel, format: Format, notes: Notes) => Plugin;

const byType: Readonly<Record<string, Convert>> = {
  timeseries: timeSeries,
  graph: (panel, format, notes) => {
    notes.approximated('it is of the old type "graph"; only its queries and its unit are taken over');
    return timeSeries(panel, format, notes);
  },
  stat: (panel, format, notes) => ({
    kind: 'StatChart',
    spec: {
      calculation: calculationOf(panel, notes),
      format,
      ...withDefined({ thresholds: thresholdsOf(panel.fieldConfig?.defaults) }),
      ...mappings(panel, notes),
      ...(panel.options?.graphMode === 'area' ? { sparkline: {} } : {}),
    },
  }),
  gauge: (panel, format, notes) => ({
    kind: 'GaugeChart',
    spec: { calculation: calculationOf(panel, notes), format, ...withDefined({ thresholds: thresholdsOf(panel.fieldConfig?.defaults), max: panel.fieldConfig?.defaults?.max }) },
  }),
  bargauge: (panel, format, notes) => {
    if (thresholdsOf(panel.fieldConfig?.defaults) !== undefined) notes.leftOut('thresholds: bars have one colour');
    return { kind: 'BarChart', spec: { calculation: calculationOf(panel, notes), format, mode: 'value' } };
  },
  barchart: (_panel, format, notes) => {
    notes.approximated('a bar for each series, with its last value');
    return { kind: 'BarChart', spec: { calculation: 'last-number', format, mode: 'value' } };
  },
  piechart: (panel, format, notes) => ({ kind: 'PieChart', spec: { calculation: calculationOf(panel, notes), format, radius: 50, ...withDefined({ legend: legendOf(panel, notes) }) } }),
  heatmap: (_panel, format, notes) => {
    notes.approximated('native histograms only: a query by (le) has to be written without it');
    return { kind: 'HeatMapChart', spec: { yAxisFormat: format, countFormat: { unit: 'decimal' }, showVisualMap: true } };
  },
  histogram: (panel, format, notes) => {
    notes.approximated('native histograms only: Grafana counts the values of series');
    return { kind: 'HistogramChart', spec: { format, ...withDefined({ min: panel.fieldConfig?.defaults?.min, max: panel.fieldConfig?.defaults?.max, thresholds: thresholdsOf(panel.fieldConfig?.defaults) }) } };
  },
  table: (panel, _format, notes) => ({ kind: 'Table', spec: { density: 'standard', columnSettings: columnsOf(panel, notes) } }),
  'status-history': (panel, _format, notes) => ({ kind: 'StatusHistoryChart', spec: { ...mappings(panel, notes) } }),
  'state-timeline': (panel, _format, notes) => {
    notes.approximated('states are shown in steps of equal length');
    return { kind: 'StatusHistoryChart', spec: { ...mappings(panel, notes) } };
  },
};

/**
 * @param title of the panel, with Perses's variables
 * @returns the panel, or a text in its place that says why it is missing
 */
export function convertPanel(panel: GrafanaPanel, title: string, notes: Notes): Panel {
  const type = panel.type ?? '';
  const description = panel.description === undefined || panel.description === '' ? undefined : translateVariables(panel.description, notes);
  // A Perses server refuses an empty title, not a missing one.
  const display = title === '' ? {} : { display: { name: title, ...(description === undefined ? {} : { description }) } };
  const links = linksOf(panel, notes);
  if (type === 'text') return { kind: 'Panel', spec: { ...display, plugin: { kind: 'Markdown', spec: { text: markdownOf(panel, notes) } }, ...links } };
  const convert = Object.hasOwn(byType, type) ? byType[type] : undefined;
  const missing = panel.libraryPanel === undefined ? `there is no panel of type "${type}"` : 'library panels are kept elsewhere in Grafana; unlink it before the export';
  if (convert === undefined) return placeholder(title, missing, notes);
  const queries = panel.targets.flatMap((target) => queryOf(target, panel, notes));
  if (queries.length === 0) return placeholder(title, 'it has no query for Prometheus', notes);
  if (panel.repeat !== undefined && panel.repeat !== '') notes.approximated(`one panel for all values of $${panel.repeat}, not one for each`);
  for (const [setting, name] of [[panel.timeFrom, 'its own time range'], [panel.timeShift, 'its time shift']] as const) if (setting !== undefined && setting !== '') notes.leftOut(name);
  const other = panel.transformations.map(({ id }) => id ?? '').filter((id) => !(type === 'table' && ['organize', 'merge'].includes(id)));
  if (other.length > 0) notes.leftOut(`transformations: ${other.join(', ')}`);
  if (type !== 'table' && (panel.fieldConfig?.overrides.length ?? 0) > 0) notes.leftOut('overrides of single series');
  return { kind: 'Panel', spec: { ...display, plugin: convert(panel, formatOf(panel.fieldConfig?.defaults, notes), notes), queries, ...links } };
}

/** A text where a panel was that could not be imported: the rest keeps its place, and nobody looks for it. */
export function placeholder(title: string, reason: string, notes: Notes) {
  notes.leftOut(`${reason}; a text stands in its place`);
  return { kind: 'Panel' as const, spec: { display: { name: title }, plugin: { kind: 'Markdown', spec: { text: `This panel was not imported: ${reason}.` } } } };
}

function timeSeries(panel: GrafanaPanel, format: Format, notes: Notes): Plugin {
  const defaults = panel.fieldConfig?.defaults;
  const custom = defaults?.custom;
  if (custom?.scaleDistribution?.type === 'log') notes.approximated('its logarithmic axis is a linear one');
  if (custom?.drawStyle === 'points') notes.approximated('its points are joined by lines');
  const visual = withDefined({
    lineWidth: lineWidthOf(custom?.lineWidth, notes),
    areaOpacity: custom?.fillOpacity === undefined ? undefined : custom.fillOpacity / 100,
    display: custom?.drawStyle === 'bars' ? 'bar' : undefined,
    showPoints: custom?.showPoints === 'always' ? 'always' : undefined,
    connectNulls: custom?.spanNulls === undefined ? undefined : custom.spanNulls !== false,
    stack: ['normal', 'percent'].includes(custom?.stacking?.mode ?? '') ? 'all' : undefined,
  });
  const thresholds = (custom?.thresholdsStyle?.mode ?? 'off') === 'off' ? undefined : thresholdsOf(defaults);
  const yAxis = { ...withDefined({ label: custom?.axisLabel === '' ? undefined : custom?.axisLabel, min: defaults?.min, max: defaults?.max }), format };
  return { kind: 'TimeSeriesChart', spec: { ...withDefined({ legend: legendOf(panel, notes) }), yAxis, ...withDefined({ thresholds }), ...(Object.keys(visual).length === 0 ? {} : { visual }) } };
}

/** Widths, in pixels, that a Perses server accepts. */
const [thinnestLine, thickestLine] = [0.25, 3];

function lineWidthOf(width: number | undefined, notes: Notes): number | undefined {
  if (width === undefined) return undefined;
  const nearest = Math.min(Math.max(width, thinnestLine), thickestLine);
  if (nearest !== width) notes.approximated(`lines ${width} wide are drawn ${nearest} wide`);
  return nearest;
}

function mappings({ fieldConfig }: GrafanaPanel, notes: Notes): Record<string, unknown> {
  const converted = mappingsOf(fieldConfig?.defaults, notes);
  return converted.length === 0 ? {} : { mappings: converted };
}

function queryOf(target: GrafanaTarget, panel: GrafanaPanel, notes: Notes): Query[] {
  const name = `query ${target.refId ?? ''}`.trim();
  if (target.hide === true) {
    notes.leftOut(`${name}: it is hidden`);
    return [];
  }
  if (target.expr === undefined || target.expr.trim() === '' || !isPrometheus(target.datasource ?? panel.datasource)) {
    notes.leftOut(`${name}: it does not ask Prometheus`);
    return [];
  }
  const { legendFormat = '', interval = panel.interval ?? '' } = target;
  const minStep = /^>?(\d+(?:ms|[smhdwy]))$/.exec(interval)?.[1];
  const seriesNameFormat = legendFormat === '__auto' || legendFormat === '' ? undefined : translateVariables(legendFormat, notes);
  const spec = { query: translateVariables(target.expr, notes), ...withDefined({ seriesNameFormat, minStep }) };
  return [{ kind: 'TimeSeriesQuery', spec: { plugin: { kind: 'PrometheusTimeSeriesQuery', spec } } }];
}

/** A datasource that is named by a variable or by its name alone could be anything; its queries are looked at later. */
function isPrometheus(datasource: GrafanaDatasource): boolean {
  const type = typeof datasource === 'object' && datasource !== null ? datasource.type : undefined;
  return type === undefined || type === 'prometheus' || type === 'datasource' || type.endsWith('prometheus-datasource') || type === '';
}

function markdownOf({ options }: GrafanaPanel, notes: Notes): string {
  const content = translateVariables(options?.content ?? '', notes);
  if (options?.mode !== 'html') return content;
  notes.approximated('its HTML is a text without tags');
  return content.replaceAll(/<[^>]*>/g, ' ').replaceAll(/[ \t]+/g, ' ').trim();
}

function linksOf({ links }: GrafanaPanel, notes: Notes): { links?: Record<string, unknown>[] } {
  const converted = links.flatMap(({ title, url = '', targetBlank }) => {
    const address = addressOf(url, notes);
    return address === undefined ? [] : [{ ...withDefined({ name: title }), url: address, ...(address.includes('$') ? { renderVariables: true } : {}), ...(targetBlank === true ? { targetBlank } : {}) }];
  });
  return converted.length === 0 ? {} : { links: converted };
}

/** The address of a link, if it leads somewhere outside Grafana. */
export function addressOf(url: string, notes: Notes): string | undefined {
  if (/^\/?d(?:ashboard)?\//.test(url)) {
    notes.leftOut(`the link ${url}: it leads to a dashboard in Grafana`);
    return undefined;
  }
  const address = translateVariables(url, notes);
  if (/^(?:https?:\/\/|\/)/.test(address) && URL.canParse(address, 'http://product')) return address;
  notes.leftOut(`the link "${url}": it is no address of a page`);
  return undefined;
}

/** Renamed, hidden and formatted columns. */
function columnsOf(panel: GrafanaPanel, notes: Notes): Record<string, unknown>[] {
  const columns = new Map<string, Record<string, unknown>>();
  const set = (name: string, settings: Record<string, unknown>): void => {
    const column = columnName(name, panel.targets);
    columns.set(column, { name: column, ...columns.get(column), ...settings });
  };
  const defaults = panel.fieldConfig?.defaults;
  const format = formatOf(defaults, notes);
  for (const [index] of panel.targets.entries()) {
    const name = panel.targets.length === 1 ? 'value' : `value #${index + 1}`;
    columns.set(name, { name, align: 'right', format });
  }
  for (const { id, options } of panel.transformations) {
    if (id !== 'organize' || typeof options !== 'object' || options === null) continue;
    if ('excludeByName' in options) for (const [name, isExcluded] of Object.entries(options.excludeByName ?? {})) if (isExcluded === true) set(name, { hide: true });
    if ('renameByName' in options) for (const [name, header] of Object.entries(options.renameByName ?? {})) if (typeof header === 'string' && header !== '') set(name, { header });
  }
  const byHeader = new Map([...columns].map(([name, { header }]) => [header, name]));
  for (const { matcher, properties } of panel.fieldConfig?.overrides ?? []) {
    if (matcher?.id !== 'byName' || typeof matcher.options !== 'string') {
      notes.leftOut('an override that is not for one column');
      continue;
    }
    const name = byHeader.get(matcher.options) ?? matcher.options;
    for (const { id, value } of properties) {
      if (id === 'unit' && typeof value === 'string') set(name, { format: formatOf({ unit: value, decimals: undefined }, notes) });
      else if (id === 'displayName' && typeof value === 'string') set(name, { header: value });
      else if (id === 'custom.width' && typeof value === 'number') set(name, { width: value });
      else if (id === 'custom.hidden' && value === true) set(name, { hide: true });
      else notes.leftOut(`${id ?? 'a property'} of the column "${matcher.options}"`);
    }
  }
  return [...columns.values()];
}

/** `Time`, `Value` and `Value #B` have other names in Perses; labels keep theirs. */
function columnName(name: string, targets: readonly GrafanaTarget[]): string {
  if (name === 'Time') return 'timestamp';
  if (name === 'Value') return 'value';
  const refId = /^Value #(.+)$/.exec(name)?.[1];
  const index = targets.findIndex((target) => target.refId === refId);
  return refId === undefined || index < 0 ? name : targets.length === 1 ? 'value' : `value #${index + 1}`;
}
