import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../config/schema';
import { parseDashboard } from '../parse';
import type { Dashboard } from '../../contracts/dashboard';
import { readMetricCatalogue } from './catalogue';
import { checkDashboard, type CheckContext } from './check';

const good = `
apiVersion: perses.dev/v1alpha2
kind: PersesDashboard
metadata:
  name: serving
  annotations:
    observability.opendatahub.io/category: serving
    observability.opendatahub.io/audience: mlops
    observability.opendatahub.io/priority: "10"
    observability.opendatahub.io/help: |
      ## How to read this dashboard
      Start with [the list](/observability) or [the status](/observability/status).
spec:
  config:
    display: { name: Serving, description: Do models answer? }
    duration: 1h
    variables:
      - kind: ListVariable
        spec:
          name: namespace
          display: { name: Project, description: The projects shown }
          plugin: { kind: PrometheusLabelValuesVariable, spec: { labelName: namespace, matchers: [requests_total] } }
    panels:
      rate:
        kind: Panel
        spec:
          display:
            name: Requests (requests/s)
            description: |-
              What: requests.
              Healthy: some.
              Usual cause of none: a client that stopped.
              Next step: look at the client.
              Runbook: docs/runbooks/serving.md#no-requests
          links:
            - { name: Cost, url: "/observability/dashboards/opendatahub/other?$__view&var-namespace=a" }
          plugin: { kind: StatChart, spec: { calculation: last, format: { unit: requests/sec } } }
          queries:
            - kind: TimeSeriesQuery
              spec:
                plugin:
                  kind: PrometheusTimeSeriesQuery
                  spec:
                    query: sum by (model) (label_replace(rate(requests_total{namespace=~"$namespace"}[$__rate_interval]), "model", "$1", "pod", "(.+)-.+"))
                    seriesNameFormat: "{{model}}"
      note:
        kind: Panel
        spec:
          display: { name: What comes next }
          plugin: { kind: Markdown, spec: { text: "See [other](other?$__view)." } }
    layouts:
      - kind: Grid
        spec:
          display: { title: At a glance }
          items:
            - { x: 0, y: 0, width: 12, height: 4, content: { $ref: "#/spec/panels/rate" } }
            - { x: 12, y: 0, width: 12, height: 4, content: { $ref: "#/spec/panels/note" } }
`;

function read(text: string): Dashboard {
  const parsed = parseDashboard(parse(text), 'opendatahub');
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.dashboard;
}

const metrics = readMetricCatalogue(`
## Serving
| metric | type, unit | meaning | labels | example |
| --- | --- | --- | --- | --- |
| \`requests_total\` | counter | requests | | |
| \`latency_seconds\` | histogram, s | time | | |
## Nodes (administrators only)
| \`node_load5\` | gauge | load | | |
## Recorded
| \`cluster:gpu:sum\` | gauge | GPUs | | |
`);

const context: CheckContext = {
  dashboards: [read(good), read(good.replace('name: serving', 'name: other'))],
  runbooks: new Map([['serving', new Set(['no-requests'])]]),
  metrics,
  limits: configSchema.shape.limits.parse({}),
  scopeLabel: 'namespace',
};

const reasons = (text: string): string[] => checkDashboard(read(text), context).map(({ reason }) => reason);

describe('the catalogue of metrics', () => {
  it('names the series of a histogram, and what only administrators get', () => {
    expect([...metrics.series]).toEqual(['requests_total', 'latency_seconds_bucket', 'latency_seconds_sum', 'latency_seconds_count', 'node_load5', 'cluster:gpu:sum']);
    expect([...metrics.administrators]).toEqual(['node_load5', 'cluster:gpu:sum']);
  });
});

describe('the check of a dashboard', () => {
  it('has nothing to say about a good one', () => {
    expect(reasons(good)).toEqual([]);
  });

  it.each<[mistake: string, from: string, to: string, reason: RegExp]>([
    ['a query that does not parse', 'sum by (model) (', 'sum by (model) ((', /would be refused/],
    ['a function that selects series by itself', 'rate(requests_total{namespace=~"$namespace"}[$__rate_interval])', 'info(requests_total{namespace=~"$namespace"})', /would be refused/],
    ['a selector that ignores the chosen projects', 'requests_total{namespace=~"$namespace"}', 'requests_total', /does not follow the choice of projects/],
    ['a metric that is not there', 'rate(requests_total{', 'rate(request_total{', /no metric "request_total"/],
    ['a histogram without its ending', 'rate(requests_total{', 'rate(latency_seconds{', /no metric "latency_seconds"/],
    ['a metric of nodes for people who are no administrators', 'rate(requests_total{', 'rate(node_load5{', /belongs to no project/],
    ['a metric that is not there in a variable', 'matchers: [requests_total]', 'matchers: [nothing_total]', /no metric "nothing_total"/],
    ['a variable that is not there', '{namespace=~"$namespace"}', '{namespace=~"$namespace", model=~"$model"}', /no variable \$model/],
    ['series without a name', 'seriesNameFormat: "{{model}}"', 'seriesNameFormat: ""', /have no name/],
    ['a query of another kind', 'kind: PrometheusTimeSeriesQuery', 'kind: LokiTimeSeriesQuery', /expected a TimeSeriesQuery/],
    ['panels on each other', 'x: 12, y: 0', 'x: 11, y: 3', /"note" overlaps "rate"/],
    ['a panel outside the grid', 'x: 12, y: 0', 'x: 13, y: 0', /does not stand within/],
    ['a panel shown twice', 'panels/note" } }', 'panels/rate" } }', /"rate" is shown twice/],
    ['a panel not shown', 'panels/note" } }', 'panels/rate" } }', /the panel is not shown/],
    ['a row without a title', 'display: { title: At a glance }', 'display: {}', /row has no title/],
    ['no unit in a title', 'Requests (requests/s)', 'Requests', /does not end with the unit/],
    ['no unit for the numbers', 'format: { unit: requests/sec }', 'format: {}', /no unit for its numbers/],
    ['a short form that the unit does not have', 'format: { unit: requests/sec }', 'format: { unit: seconds, shortValues: true }', /in seconds has no shortValues/],
    ['a mapping of a number', 'format: { unit: requests/sec }', 'format: { unit: requests/sec }, mappings: [{ kind: Value, spec: { value: 0, result: { value: None } } }]', /0 is written "0"/],
    ['no title', 'name: What comes next', 'name: ""', /has no title/],
    ['no healthy range', 'Healthy: some.', 'Fine: some.', /has no line "Healthy:"/],
    ['no section of the runbook', 'Runbook: docs/runbooks/serving.md#no-requests', '', /names no section of a runbook/],
    ['a runbook that is not there', 'runbooks/serving.md', 'runbooks/cooking.md', /docs\/runbooks\/cooking.md has no section/],
    ['a section of the runbook that is not there', '#no-requests', '#too-many', /has no section "too-many"/],
    ['a kind of panel that is not installed', 'kind: StatChart', 'kind: FlameChart', /no panel of kind "FlameChart"/],
    ['a link to a dashboard that is not there', 'opendatahub/other?', 'opendatahub/gone?', /leads to no page/],
    ['a link out of the product', '(/observability)', '(//elsewhere.example/observability)', /leads to no page/],
    ['a link in a text to nowhere', '(other?$__view)', '(another?$__view)', /leads to no page/],
    ['a link with a variable of neither', '?$__view', '?var-model=$model', /variable model that this dashboard does not have/],
    ['a link that hands over what the other side does not have', '?$__view', '?var-model=bert', /hands over model/],
    ['no category', 'category: serving', 'category: cooking', /category: expected one of/],
    ['an audience that nobody is', 'audience: mlops', 'audience: everyone', /audience: expected some of/],
    ['a simple view of a panel that is not there', 'audience: mlops', 'audience: mlops\n    observability.opendatahub.io/simple: rate,gone', /simple: there is no panel "(rate", ")?gone"/],
    ['a priority that does not sort', 'priority: "10"', 'priority: first', /priority: expected a number/],
    ['no help', '## How to read', 'How to read', /help: expected a text/],
    ['no question', 'Do models answer?', 'Models.', /does not ask the question/],
    ['a variable without a name for people', 'display: { name: Project, description: The projects shown }', 'display: { name: Project }', /no name or no description/],
    ['projects that cannot be chosen', 'name: namespace\n', 'name: project\n', /first variable is not "namespace"/],
  ])('finds %s', (_, from, to, reason) => {
    expect(good).toContain(from);
    expect(reasons(good.replace(from, to))).toContainEqual(expect.stringMatching(reason));
  });

  it('lets dashboards of administrators show nodes and leave out the choice of projects', () => {
    const text = good.replace('audience: mlops', 'audience: admin').replace('rate(requests_total{namespace=~"$namespace"}[$__rate_interval])', 'node_load5');
    expect(reasons(text)).toEqual([]);
  });

  it('takes the heading of a section in the dashboard\'s own runbook as well', () => {
    expect(reasons(good.replace('docs/runbooks/serving.md#no-requests', 'No requests'))).toEqual([]);
    expect(reasons(good.replace('docs/runbooks/serving.md#no-requests', 'Some requests'))).toEqual(['docs/runbooks/serving.md has no section "some-requests"']);
  });

  it('says where: a panel without a query', () => {
    const dashboard = read(good);
    const { rate } = dashboard.spec.panels;
    if (rate === undefined) throw new Error('no such panel');
    const without = { ...dashboard, spec: { ...dashboard.spec, panels: { ...dashboard.spec.panels, rate: { ...rate, spec: { ...rate.spec, queries: [] } } } } };
    expect(checkDashboard(without, context)).toEqual([{ path: ['panels', 'rate', 'spec'], reason: 'the panel has no query' }]);
  });

  it('wants two queries for a scatter, with names that say what the axes are', () => {
    const dashboard = read(good.replace('kind: StatChart', 'kind: ScatterChart').replace('"{{model}}"', '"{{model}}: requests (requests/s)"'));
    const { rate } = dashboard.spec.panels;
    if (rate === undefined) throw new Error('no such panel');
    const scatter = (queries: unknown[]) => checkDashboard({ ...dashboard, spec: { ...dashboard.spec, panels: { ...dashboard.spec.panels, rate: { ...rate, spec: { ...rate.spec, queries: queries as typeof rate.spec.queries } } } } }, context).map(({ reason }) => reason);
    const [query] = rate.spec.queries ?? [];
    const unnamed = JSON.parse(JSON.stringify(query).replace(': requests (requests/s)', '')) as unknown;
    expect(scatter([query])).toEqual(['expected two queries: what is drawn to the right, and what is drawn upwards']);
    expect(scatter([query, query])).toEqual([]);
    expect(scatter([query, unnamed])).toEqual(['the name of the series does not say what is measured and in which unit: "{{job}}: utilization (%)"']);
  });
});
