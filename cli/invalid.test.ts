import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Finding } from './documents';
import { soundDashboard } from './testing/dashboard';
import { checkTexts, type CheckOptions } from './validate';

const options: CheckOptions = { platformProject: 'opendatahub', datasources: ['prometheus'], metricExists: undefined };

const findingsIn = (text: string): readonly Finding[] => checkTexts([{ file: 'dashboard.yaml', text }], options).findings;

describe('40 mistakes, written by hand', () => {
  it('start from a dashboard without any', () => {
    expect(findingsIn(soundDashboard)).toEqual([]);
  });

  /** `path` is what the message names; the line is that of the mistake, unless the rest is given as lines after it. */
  const mistakes: [mistake: string, from: string, to: string, path: string, reason: RegExp, linesAway?: number][] = [
    ['an indentation that is none', '    duration: 1h', '   duration: 1h', '', /indent|mapping|implicit/i, 0],
    ['a quote that does not end', 'name: Errors', 'name: "Errors', '', /quote|flow|implicit|indent/i],
    ['a key given twice', '    duration: 1h', '    duration: 1h\n    duration: 2h', '', /unique/i, 1],
    ['an alias of nothing', 'name: Serving', 'name: *nothing', '', /alias/i, -8],
    ['an API version of the future', 'perses.dev/v1alpha2', 'perses.dev/v9', 'apiVersion', /input|expected/i],
    ['another kind of resource', 'kind: PersesDashboard', 'kind: Deployment', 'kind', /expected/i],
    ['no name', '  name: serving\n', '', 'metadata.name', /expected a text, found nothing/, 0],
    ['a name with capitals', 'name: serving', 'name: Serving_1', 'metadata.name', /lower-case/],
    ['a namespace that Kubernetes does not take', 'namespace: fraud-detection', 'namespace: Fraud Detection', 'metadata.namespace', /Kubernetes name/],
    ['an annotation that is a number', '  namespace: fraud-detection', '  annotations: { priority: 10 }', 'metadata.annotations.priority', /quote numbers/],
    ['no duration', '    duration: 1h\n', '', 'spec.config.duration', /expected a text, found nothing/, -2],
    ['a duration in words', 'duration: 1h', 'duration: one hour', 'spec.config.duration', /no duration/],
    ['a refresh interval without a unit', 'refreshInterval: 30s', 'refreshInterval: "30"', 'spec.config.refreshInterval', /no duration/],
    ['datasources of its own', '    duration: 1h', '    datasources: { other: { plugin: { kind: PrometheusDatasource, spec: { directUrl: "http://10.0.0.1" } } } }\n    duration: 1h', 'spec.config.datasources', /cannot define datasources/],
    ['a variable of an unknown sort', 'kind: TextVariable', 'kind: NumberVariable', 'spec.config.variables.2.kind', /expected/],
    ['two variables with one name', 'name: window', 'name: namespace', 'spec.config.variables.1.spec.name', /two variables/],
    ['a variable whose name is no word', 'name: window', 'name: my-window', 'spec.config.variables.1.spec.name', /cannot be the name/],
    ['a variable with a name of Perses', 'name: route', 'name: __interval', 'spec.config.variables.2.spec.name', /cannot be the name/],
    ['a variable of a plugin that is not there', 'kind: StaticListVariable', 'kind: LokiLabelValuesVariable', 'spec.config.variables.1.spec.plugin.kind', /no variable of kind/],
    ['a variable of label values without a label', '              labelName: namespace\n', '', 'spec.config.variables.0.spec.plugin.spec', /no label/, 0],
    ['a list without values', 'values: [5m, 1h]', 'values: []', 'spec.config.variables.1.spec.plugin.spec', /no values/],
    ['a text variable without a text', '          value: /predict\n', '', 'spec.config.variables.2.spec', /has no value/, -1],
    ['a panel of an unknown kind', 'kind: StatChart', 'kind: FlameChart', 'spec.config.panels.errors.spec.plugin.kind', /no panel of kind/],
    ['a panel that is something else', '      errors:\n        kind: Panel', '      errors:\n        kind: Row', 'spec.config.panels.errors.kind', /expected/, 1],
    ['a panel without a title', 'name: Errors', 'name: ""', 'spec.config.panels.errors.spec.display', /no title/],
    ['a panel without a plugin', '          plugin:\n            kind: StatChart\n            spec:', '          chart:\n            spec:', 'spec.config.panels.errors.spec.plugin', /expected a map of keys, found nothing/, -2],
    ['numbers without a unit', '              format:\n                unit: percent\n', '', 'spec.config.panels.errors.spec.plugin.spec', /no unit/, -1],
    ['a unit that nobody knows', 'unit: requests/sec', 'unit: furlongs', 'spec.config.panels.requests.spec.plugin.spec.yAxis.format.unit', /no unit "furlongs"/],
    ['a link that runs a script', 'url: /observability/dashboards/opendatahub/cost', 'url: "javascript:alert(1)"', 'spec.config.panels.requests.spec.links.0.url', /no address/],
    ['a query that does not parse', 'query: errors_ratio{namespace=~"$namespace"}', 'query: errors_ratio{namespace=~"$namespace"', 'spec.config.panels.errors.spec.queries.0.spec.plugin.spec.query', /would be refused/],
    ['a query that cannot be limited to projects', 'query: errors_ratio{namespace=~"$namespace"}', 'query: info(errors_ratio)', 'spec.config.panels.errors.spec.queries.0.spec.plugin.spec.query', /would be refused/],
    ['a query with a variable that is not there', 'query: errors_ratio{namespace=~"$namespace"}', 'query: errors_ratio{model="$model"}', 'spec.config.panels.errors.spec.queries.0.spec.plugin.spec.query', /no variable \$model/],
    ['a query in another language', 'query: errors_ratio{namespace=~"$namespace"}', 'query: SELECT * FROM errors', 'spec.config.panels.errors.spec.queries.0.spec.plugin.spec.query', /would be refused/],
    ['an empty query', 'query: errors_ratio{namespace=~"$namespace"}', 'query: ""', 'spec.config.panels.errors.spec.queries.0', /with a query/, -5],
    ['a panel without a query', '          queries:\n            - kind: TimeSeriesQuery\n              spec:\n                plugin:\n                  kind: PrometheusTimeSeriesQuery\n                  spec:\n                    query: errors_ratio{namespace=~"$namespace"}\n', '', 'spec.config.panels.errors.spec', /has no query/, -8],
    ['a selector in a variable that does not parse', `['requests_total{job="serving"}']`, `['requests_total{job=serving}']`, 'spec.config.variables.0.spec.plugin.spec', /would be refused/, -1],
    ['a datasource that is not configured', 'name: prometheus', 'name: thanos', 'spec.config.panels.requests.spec.queries.0.spec.plugin.spec.datasource.name', /no datasource "thanos"/],
    ['panels on each other', '            - x: 12\n', '            - x: 11\n', 'spec.config.layouts.0.spec.items.1', /overlaps/],
    ['a panel beyond the edge', '            - x: 12\n', '            - x: 13\n', 'spec.config.layouts.0.spec.items.1', /does not stand within/],
    ['a reference to no panel', '"#/spec/panels/errors"', '"#/spec/panels/gone"', 'spec.config.layouts.0.spec.items.1.content.$ref', /no panel of this dashboard/],
  ];

  it('are forty', () => expect(mistakes).toHaveLength(40));

  it.each(mistakes)('%s: the message says where', (_, from, to, path, reason, linesAway = 0) => {
    expect(soundDashboard).toContain(from);
    const at = soundDashboard.indexOf(from);
    const text = soundDashboard.slice(0, at) + to + soundDashboard.slice(at + from.length);
    const found = findingsIn(text);
    expect(found).toContainEqual(expect.objectContaining({ file: 'dashboard.yaml', path, reason: expect.stringMatching(reason) as string }));
    const line = text.slice(0, at).split('\n').length + linesAway;
    expect(found.find((finding) => finding.path === path && reason.test(finding.reason))?.line).toBe(line);
  });
});

/** What is changed at random places of the shipped dashboards. */
type Json = Record<string, unknown>;

interface Mutation {
  readonly name: string;
  /** Changes the dashboard and returns the path that the message has to name, from the dashboard's specification. */
  readonly apply: (spec: Spec, pick: (length: number) => number) => readonly PropertyKey[];
}

/** As much of a shipped dashboard as the mutations touch. */
interface Spec extends Json {
  readonly panels: Record<string, { kind: string; spec: { display: Json; links?: unknown; queries?: { kind: string; spec: { plugin: { kind: string; spec: Json } } }[]; plugin: { kind: string; spec: Json } } }>;
  readonly layouts: { kind: string; spec: { items: { x: number; y: number; width: number; height: number; content: Json }[] } }[];
  readonly variables: { kind: string; spec: Json }[];
}

/** One of the panels that ask something. */
function queryPanel({ panels }: Spec, pick: (length: number) => number) {
  const asking = Object.entries(panels).filter(([, { spec }]) => (spec.queries ?? []).length > 0);
  const [name, panel] = asking[pick(asking.length)] ?? [];
  const query = panel?.spec.queries?.[0];
  if (name === undefined || panel === undefined || query === undefined) throw new Error('a dashboard without queries');
  return { name, panel, query, path: ['panels', name, 'spec'] };
}

function item({ layouts }: Spec, pick: (length: number) => number) {
  const index = pick(layouts.length);
  const items = layouts[index]?.spec.items ?? [];
  const place = pick(items.length);
  const chosen = items[place];
  if (chosen === undefined) throw new Error('a row without panels');
  return { item: chosen, items, path: ['layouts', index, 'spec', 'items', place] };
}

const inQuery = (name: string, change: (query: string) => string): Mutation => ({
  name,
  apply: (spec, pick) => {
    const { query, path } = queryPanel(spec, pick);
    query.spec.plugin.spec.query = change(String(query.spec.plugin.spec.query));
    return [...path, 'queries', 0, 'spec', 'plugin', 'spec', 'query'];
  },
});
const inPanel = (name: string, change: (panel: ReturnType<typeof queryPanel>) => readonly PropertyKey[]): Mutation => ({
  name,
  apply: (spec, pick) => {
    const chosen = queryPanel(spec, pick);
    return [...chosen.path, ...change(chosen)];
  },
});
const inItem = (name: string, change: (chosen: ReturnType<typeof item>) => readonly PropertyKey[]): Mutation => ({
  name,
  apply: (spec, pick) => {
    const chosen = item(spec, pick);
    return [...chosen.path, ...change(chosen)];
  },
});

const mutations: readonly Mutation[] = [
  inQuery('a bracket too many', (query) => `(${query}`),
  inQuery('a name of a variable mistyped', (query) => `${query} + on() group_left() sum(up{job="$nmaespace"})`),
  inQuery('a function that does not exist', (query) => `summ(${query})`),
  inQuery('an operator without its right side', (query) => `${query} +`),
  inQuery('a range with an unknown unit', (query) => `rate(up[5q]) + ${query}`),
  inQuery('a query that selects by itself', (query) => `info(${query})`),
  inPanel('another kind of query', ({ query }) => ((query.kind = 'LogQuery'), ['queries', 0])),
  inPanel('another kind of query plugin', ({ query }) => ((query.spec.plugin.kind = 'LokiLogQuery'), ['queries', 0])),
  inPanel('a query that is a number', ({ query }) => ((query.spec.plugin.spec.query = 1), ['queries', 0])),
  inPanel('no queries', ({ panel }) => ((panel.spec.queries = []), [])),
  inPanel('a datasource of another kind', ({ query }) => ((query.spec.plugin.spec.datasource = { kind: 'LokiDatasource' }), ['queries', 0, 'spec', 'plugin', 'spec', 'datasource', 'kind'])),
  inPanel('a datasource of another name', ({ query }) => ((query.spec.plugin.spec.datasource = { kind: 'PrometheusDatasource', name: 'mine' }), ['queries', 0, 'spec', 'plugin', 'spec', 'datasource', 'name'])),
  inPanel('an unknown kind', ({ panel }) => ((panel.spec.plugin.kind += 'X'), ['plugin', 'kind'])),
  inPanel('a kind that is a number', ({ panel }) => (Object.assign(panel.spec.plugin, { kind: 7 }), ['plugin', 'kind'])),
  inPanel('no plugin', ({ panel }) => (Object.assign(panel.spec, { plugin: null }), ['plugin'])),
  inPanel('an empty title', ({ panel }) => ((panel.spec.display.name = ' '), ['display'])),
  inPanel('a title that is a list', ({ panel }) => ((panel.spec.display.name = []), ['display', 'name'])),
  inPanel('an unknown unit', ({ panel }) => ((panel.spec.plugin.spec.thresholds = { format: { unit: 'parsec' } }), ['plugin', 'spec', 'thresholds', 'format', 'unit'])),
  inPanel('a link to a script', ({ panel }) => ((panel.spec.links = [{ url: 'data:text/html,x' }]), ['links', 0, 'url'])),
  inPanel('links that are none', ({ panel }) => ((panel.spec.links = 'here'), ['links'])),
  inItem('a panel left of the grid', ({ item: chosen }) => ((chosen.x = -1), [])),
  inItem('a panel too wide', ({ item: chosen }) => ((chosen.width = 25), [])),
  inItem('a panel without height', ({ item: chosen }) => ((chosen.height = 0), [])),
  inItem('a width with a fraction', ({ item: chosen }) => ((chosen.width = 1.5), ['width'])),
  inItem('a reference to nothing', ({ item: chosen }) => ((chosen.content = { $ref: '#/spec/panels/nothing-of-this-name' }), ['content', '$ref'])),
  inItem('no reference', ({ item: chosen }) => ((chosen.content = {}), ['content', '$ref'])),
  { name: 'a variable twice', apply: (spec) => (spec.variables.push(structuredClone(spec.variables[0] ?? { kind: '', spec: {} })), ['variables', spec.variables.length - 1, 'spec', 'name']) },
  { name: 'a variable without a source', apply: (spec) => (spec.variables.push({ kind: 'ListVariable', spec: { name: 'more' } }), ['variables', spec.variables.length - 1, 'spec']) },
  { name: 'a list of no kind', apply: (spec) => (Object.assign(spec.layouts[0] ?? {}, { kind: 'List' }), ['layouts', 0, 'kind']) },
  { name: 'no panels', apply: (spec) => (Object.assign(spec, { panels: [] }), ['panels']) },
  { name: 'no layouts', apply: (spec) => (Object.assign(spec, { layouts: {} }), ['layouts']) },
  { name: 'a time that is none', apply: (spec) => (Object.assign(spec, { duration: '1 hour' }), ['duration']) },
  { name: 'a refresh that is a number', apply: (spec) => (Object.assign(spec, { refreshInterval: 30 }), ['refreshInterval']) },
];

describe('200 mistakes, made in the shipped dashboards', () => {
  const folder = join(import.meta.dirname, '..', 'dashboards');
  const texts = readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));

  /** Numbers that are the same in every run. */
  let state = 20_250;
  const pick = (length: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % length;
  };

  const cases = Array.from({ length: 200 }, (_, index) => ({ index, mutation: mutations[index % mutations.length], text: texts[index % texts.length] }));

  it.each(cases)('$index: $mutation.name', ({ mutation, text = '' }) => {
    // What is in dashboards/ is a PersesDashboard of v1alpha2; the check of shipped dashboards says so.
    const resource = parse(text) as { metadata: { name: string }; spec: { config: Spec } };
    const path = ['spec', 'config', ...(mutation?.apply(resource.spec.config, pick) ?? [])].join('.');
    const changed = stringify(resource);
    const found = findingsIn(changed);
    const named = found.find((finding) => finding.path === path);
    expect(named, JSON.stringify(found)).toBeDefined();
    const { line = 0, column = 0 } = named ?? {};
    expect(line).toBeGreaterThan(changed.split('\n').findIndex((one) => one.startsWith('spec:')));
    expect(column).toBeGreaterThan(1);
  });
});
