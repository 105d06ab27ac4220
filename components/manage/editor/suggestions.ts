/** What can stand at a place of a dashboard: keys, kinds, units, and names that this dashboard and this installation have. Pure. */
import { audiences, categories } from '../../../lib/contracts/dashboard';
import { panelKinds } from '../../../lib/contracts/panel-kinds';
import { units } from '../../../lib/contracts/units';
import { placeIn } from './place';

/** What is known beside the text. */
export interface Known {
  readonly datasources: readonly string[];
  readonly projects: readonly string[];
  /** Variables of the dashboard, as it was when it was last valid. */
  readonly variables: readonly string[];
  /** Keys of its panels. */
  readonly panels: readonly string[];
}

interface Schema {
  readonly keys?: Readonly<Record<string, Schema>>;
  /** Of a map with any keys. */
  readonly any?: Schema;
  readonly items?: Schema;
  readonly values?: readonly string[] | ((known: Known) => readonly string[]);
}

const text: Schema = {};
const flag: Schema = { values: ['true', 'false'] };
const oneOf = (...values: readonly string[]): Schema => ({ values });
const map = (keys: Readonly<Record<string, Schema>>): Schema => ({ keys });
const list = (items: Schema): Schema => ({ items });

const display = map({ name: text, description: text });
const durations = oneOf('5m', '15m', '30m', '1h', '6h', '12h', '1d', '7d', '14d', '30d');
const format = map({ unit: { values: units }, decimalPlaces: text, shortValues: flag });
const thresholds = map({ mode: oneOf('absolute', 'percent'), defaultColor: text, steps: list(map({ value: text, color: text, name: text })) });
const legend = map({ position: oneOf('bottom', 'right'), mode: oneOf('list', 'table'), size: oneOf('small', 'medium'), values: list(oneOf('min', 'max', 'mean', 'sum', 'last-number')) });
const calculation = oneOf('last-number', 'last', 'first-number', 'first', 'mean', 'sum', 'min', 'max');
const axis = map({ show: flag, label: text, format, min: text, max: text });

const panelSpecs: Readonly<Record<string, Schema>> = {
  BarChart: map({ calculation, format, mode: oneOf('value', 'percentage'), sort: oneOf('asc', 'desc') }),
  GaugeChart: map({ calculation, format, max: text, thresholds }),
  HeatMapChart: map({ yAxisFormat: format, countFormat: format, showVisualMap: flag, logBase: text }),
  HistogramChart: map({ format, min: text, max: text, thresholds }),
  Markdown: map({ text }),
  PieChart: map({ calculation, format, legend, mode: oneOf('value', 'percentage'), radius: text, sort: oneOf('asc', 'desc') }),
  ScatterChart: map({ range: text, sizeRange: text }),
  StatChart: map({ calculation, format, thresholds, sparkline: map({ color: text, width: text }), valueFontSize: text, mappings: list(map({ kind: oneOf('Value', 'Range', 'Regex', 'Misc'), spec: map({ value: text, from: text, to: text, result: map({ value: text, color: text }) }) })) }),
  StatusHistoryChart: map({ legend, mappings: list(map({ kind: oneOf('Value', 'Range', 'Regex', 'Misc'), spec: map({ value: text, from: text, to: text, result: map({ value: text, color: text }) }) })), sorting: oneOf('asc', 'desc') }),
  Table: map({ density: oneOf('compact', 'standard', 'comfortable'), columnSettings: list(map({ name: text, header: text, hide: flag, align: oneOf('left', 'center', 'right'), enableSorting: flag, sort: oneOf('asc', 'desc'), width: text, format })), transforms: list(map({ kind: oneOf('JoinByColumnValue', 'MergeColumns', 'MergeIndexedColumns', 'MergeSeries'), spec: map({ columns: list(text), column: text, name: text, disabled: flag }) })) }),
  TimeSeriesChart: map({ legend, yAxis: axis, thresholds, visual: map({ display: oneOf('line', 'bar'), lineWidth: text, areaOpacity: text, palette: map({ mode: oneOf('auto', 'categorical') }), showPoints: oneOf('auto', 'always'), stack: oneOf('all', 'percent'), connectNulls: flag }), querySettings: list(map({ queryIndex: text, colorMode: oneOf('fixed', 'fixed-single'), colorValue: text, lineStyle: oneOf('solid', 'dashed', 'dotted') })), tooltip: map({ enablePinning: flag }) }),
  TimeSeriesTable: map({}),
};

const datasource = map({ kind: oneOf('PrometheusDatasource'), name: { values: ({ datasources }) => datasources } });
const pluginSpecs: Readonly<Record<string, Schema>> = {
  ...panelSpecs,
  PrometheusTimeSeriesQuery: map({ query: { values: ({ variables }) => variables.map((name) => `$${name}`) }, seriesNameFormat: text, minStep: durations, resolution: text, datasource }),
  PrometheusLabelValuesVariable: map({ labelName: oneOf('namespace', 'pod', 'node', 'container', 'job', 'model_name'), matchers: list(text), datasource }),
  PrometheusLabelNamesVariable: map({ matchers: list(text), datasource }),
  PrometheusPromQLVariable: map({ expr: text, labelName: text, datasource }),
  StaticListVariable: map({ values: list(map({ value: text, label: text })) }),
};

const plugin = (...kinds: readonly string[]): Schema => map({ kind: oneOf(...kinds), spec: {} });

const dashboard = map({
  kind: oneOf('Dashboard'),
  metadata: map({
    name: text,
    project: { values: ({ projects }) => projects },
    annotations: map({
      category: { values: categories },
      audience: { values: audiences },
      enabled: oneOf("'true'", "'false'"),
      priority: text,
      tags: text,
      help: text,
      simple: { values: ({ panels }) => panels },
    }),
  }),
  spec: map({
    display,
    duration: durations,
    refreshInterval: oneOf('0s', '10s', '30s', '1m', '5m'),
    variables: list(
      map({
        kind: oneOf('ListVariable', 'TextVariable'),
        spec: map({
          name: text,
          display: map({ name: text, description: text, hidden: flag }),
          value: text,
          constant: flag,
          defaultValue: oneOf('$__all'),
          allowAllValue: flag,
          allowMultiple: flag,
          customAllValue: text,
          capturingRegexp: text,
          sort: oneOf('none', 'alphabetical-asc', 'alphabetical-desc', 'numerical-asc', 'numerical-desc'),
          plugin: plugin('PrometheusLabelValuesVariable', 'PrometheusLabelNamesVariable', 'PrometheusPromQLVariable', 'StaticListVariable'),
        }),
      }),
    ),
    panels: {
      any: map({
        kind: oneOf('Panel'),
        spec: map({
          display,
          plugin: plugin(...panelKinds),
          queries: list(map({ kind: oneOf('TimeSeriesQuery'), spec: map({ plugin: plugin('PrometheusTimeSeriesQuery') }) })),
          links: list(map({ name: text, url: text, tooltip: text, renderVariables: flag, targetBlank: flag })),
        }),
      }),
    },
    layouts: list(
      map({
        kind: oneOf('Grid'),
        spec: map({
          display: map({ title: text, collapse: map({ open: flag }) }),
          repeatVariable: { values: ({ variables }) => variables },
          items: list(map({ x: text, y: text, width: text, height: text, content: map({ $ref: { values: ({ panels }) => panels.map((key) => `'#/spec/panels/${key}'`) } }) })),
        }),
      }),
    ),
  }),
});

export interface Suggestion {
  readonly label: string;
  readonly type: 'key' | 'value';
  /** What is written in its place. */
  readonly apply: string;
}

export interface Suggestions {
  readonly suggestions: readonly Suggestion[];
  /** Length of what was typed of them. */
  readonly typed: number;
}

/** @param before the text up to where something is being typed */
export function suggestionsAt(before: string, known: Known): Suggestions | undefined {
  const place = placeIn(before);
  const schema = schemaAt(place.path, before);
  if (schema === undefined) return undefined;
  if (place.key === undefined) {
    const names = Object.keys(schema.keys ?? {}).filter((name) => !(name in place.siblings));
    const keys = names.map((name): Suggestion => ({ label: name, type: 'key', apply: `${name === 'y' ? '"y"' : name}: ` }));
    const values = valuesOf(schema, known).map((value): Suggestion => ({ label: value, type: 'value', apply: value }));
    return { suggestions: [...keys, ...values], typed: place.typed.length };
  }
  const own = schema.keys?.[place.key];
  if (own === undefined) return undefined;
  // In a query, the variable at its end; elsewhere all of the value.
  const typed = place.key === 'query' ? (/\$\w*$/.exec(place.typed)?.[0] ?? '') : place.typed;
  const values = place.key === 'query' && typed === '' ? [] : [...valuesOf(own, known), ...(place.key === 'query' ? ['$__rate_interval', '$__interval', '$__range'] : [])];
  return { suggestions: values.map((value) => ({ label: value, type: 'value', apply: value })), typed: typed.length };
}

function valuesOf({ values = [] }: Schema, known: Known): readonly string[] {
  return typeof values === 'function' ? values(known) : values;
}

function schemaAt(path: readonly string[], before: string): Schema | undefined {
  let schema: Schema | undefined = dashboard;
  for (const [index, key] of path.entries()) {
    // What a plugin's specification holds depends on the plugin.
    if (key === 'spec' && path[index - 1] === 'plugin') schema = pluginSpecs[kindOfPlugin(path.slice(0, index + 1), before) ?? ''];
    else schema = key === '[]' ? schema.items : (schema.keys?.[key] ?? schema.any);
    if (schema === undefined) return undefined;
  }
  return schema;
}

/** The kind that stands beside the `spec` that we are in: the nearest line above it with that key in the column of `spec`. */
function kindOfPlugin(path: readonly string[], before: string): string | undefined {
  const lines = before.split('\n');
  for (let end = lines.length - 1; end >= 0; end -= 1) {
    const line = lines[end] ?? '';
    const column = /^\s*(?:-\s+)*/.exec(line)?.[0].length ?? 0;
    if (!/^spec\s*:/.test(line.slice(column))) continue;
    const at = placeIn([...lines.slice(0, end), ' '.repeat(column)].join('\n'));
    if (at.path.join('\n') === path.slice(0, -1).join('\n')) return at.siblings['kind'];
  }
  return undefined;
}
