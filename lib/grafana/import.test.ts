import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../config/schema';
import { rulesBrokenBy } from '../dashboards/check/rules';
import { parseDashboard } from '../dashboards/parse';
import { GrafanaImportError, importGrafana } from './import';

const folder = join(import.meta.dirname, 'testing', 'dashboards');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

/** What the rules say about an imported dashboard. */
function problemsOf(resource: unknown): unknown[] {
  const parsed = parseDashboard(resource, 'p');
  if ('problems' in parsed) return [...parsed.problems];
  return rulesBrokenBy(parsed.dashboard, { limits: configSchema.shape.limits.parse({}), scopeLabel: 'namespace', datasources: [], metricExists: undefined });
}

const panelsOf = (name: string) => Object.values(importGrafana(read(name)).resource.spec.config.panels);
const panelOf = (name: string, title: string) => panelsOf(name).find(({ spec }) => spec.display?.name === title)?.spec;
const variablesOf = (name: string) => importGrafana(read(name)).resource.spec.config.variables;
const linesOf = (name: string): string[] => importGrafana(read(name)).report.map(({ outcome, part, detail = '' }) => `${outcome}: ${part}: ${detail}`);

describe('twelve dashboards as they are published for Grafana', () => {
  const names = readdirSync(folder).map((file) => file.slice(0, -'.json'.length));

  it('are twelve', () => expect(names).toHaveLength(12));

  it.each(names)('%s becomes a dashboard that keeps every rule, and each of its parts is in the report', (name) => {
    const { resource, report } = importGrafana(read(name));
    expect(problemsOf(resource)).toEqual([]);
    const asked = JSON.stringify(read(name)).match(/"gridPos"/g)?.length ?? 0;
    const rows = report.filter(({ part }) => part.startsWith('row '));
    const panels = Object.keys(resource.spec.config.panels).length;
    expect(panels + new Set(rows.map(({ part }) => part)).size).toBeGreaterThanOrEqual(asked);
    const named = new Set(report.map(({ part }) => part));
    for (const { spec } of Object.values(resource.spec.config.panels)) if (spec.display?.name) expect([...named]).toContain(`panel "${spec.display.name}"`);
  });
});

describe('panels', () => {
  it('a time series keeps unit, axis, legend, stacking and look', () => {
    expect(panelOf('hosts', 'CPU by mode')).toMatchObject({
      plugin: {
        kind: 'TimeSeriesChart',
        spec: { legend: { position: 'bottom', mode: 'list' }, yAxis: { min: 0, format: { unit: 'percent-decimal' } }, visual: { lineWidth: 1, areaOpacity: 0.4, connectNulls: false, stack: 'all' } },
      },
      queries: [{ kind: 'TimeSeriesQuery', spec: { plugin: { kind: 'PrometheusTimeSeriesQuery', spec: { seriesNameFormat: '{{mode}}' } } } }],
    });
    expect(panelOf('hosts', 'Memory')?.plugin.spec).toMatchObject({ legend: { position: 'right', mode: 'table', values: ['mean', 'last-number', 'max'] }, yAxis: { label: 'memory' } });
  });

  it('thresholds keep their steps and colours, and are drawn in a time series only where they were', () => {
    expect(panelOf('hosts', 'CPU busy')?.plugin).toEqual({
      kind: 'GaugeChart',
      spec: {
        calculation: 'last-number',
        format: { unit: 'percent', decimalPlaces: 1 },
        max: 100,
        thresholds: { mode: 'absolute', defaultColor: '#3e8635', steps: [{ value: 70, color: '#ec7a08' }, { value: 90, color: '#c9190b' }] },
      },
    });
    expect(panelOf('jvm', 'JVM heap')?.plugin.spec).toMatchObject({ thresholds: { mode: 'percent', steps: [{ value: 80, color: '#F2495C' }] } });
    expect(panelOf('hosts', 'Memory')?.plugin.spec).not.toHaveProperty('thresholds');
  });

  it('what a Perses server would refuse becomes the nearest that it accepts: thin lines, texts without a title', () => {
    const { resource, report } = importGrafana({ title: 'x', schemaVersion: 39, panels: [{ id: 1, type: 'timeseries', title: 'Area', fieldConfig: { defaults: { custom: { lineWidth: 0 } }, overrides: [] }, targets: [{ refId: 'A', expr: 'up' }], gridPos: { x: 0, y: 0, w: 12, h: 8 } }, { id: 2, type: 'text', options: { content: 'Hello' }, gridPos: { x: 12, y: 0, w: 12, h: 8 } }] });
    const [area, text] = Object.values(resource.spec.config.panels);
    expect(area?.spec.plugin.spec).toMatchObject({ visual: { lineWidth: 0.25 } });
    expect(report).toContainEqual({ outcome: 'approximated', part: 'panel "Area"', detail: 'lines 0 wide are drawn 0.25 wide' });
    expect(text?.spec).not.toHaveProperty('display');
  });

  it('values keep their texts', () => {
    expect(panelOf('web-server', 'Up')?.plugin.spec).toMatchObject({
      mappings: [
        { kind: 'Value', spec: { value: '0', result: { value: 'Down', color: '#c9190b' } } },
        { kind: 'Value', spec: { value: '1', result: { value: 'Up' } } },
        { kind: 'Misc', spec: { value: 'null', result: { value: 'unknown' } } },
      ],
      sparkline: {},
    });
  });

  it('columns of a table keep names, units and widths', () => {
    expect(panelOf('cluster-compute', 'CPU quota')?.plugin.spec).toMatchObject({
      columnSettings: [
        { name: 'value #1', header: 'Pods' },
        { name: 'value #2', header: 'CPU requests', format: { unit: 'decimal' } },
        { name: 'timestamp', hide: true },
        { name: 'Time 1', hide: true },
        { name: 'namespace', header: 'Namespace', width: 220 },
      ],
    });
    expect(linesOf('cluster-compute')).toContain('left out: panel "CPU quota": transformations: joinByField');
  });

  it.each([
    ['hosts', 'Pressure', 'BarChart'],
    ['service-mesh', 'By response code', 'PieChart'],
    ['model-server', 'Prompt length', 'HeatMapChart'],
    ['model-server', 'Tokens in a batch', 'HistogramChart'],
    ['gpus', 'Throttled', 'StatusHistoryChart'],
    ['delivery', 'About', 'Markdown'],
  ])('%s: "%s" is a %s', (name, title, kind) => {
    expect(panelOf(name, title)?.plugin.kind).toBe(kind);
  });

  it('what has no equivalent leaves a text in its place that says so', () => {
    for (const [name, title] of [['monitoring', 'More'], ['database', 'Log'], ['message-queue', 'Drawing'], ['gpus', 'Shared panel'], ['database', 'Cache hit rate'], ['database', 'Locks']] as const) {
      expect(panelOf(name, title)?.plugin).toMatchObject({ kind: 'Markdown', spec: { text: expect.stringContaining('was not imported') as string } });
      expect(linesOf(name)).toContainEqual(expect.stringMatching(new RegExp(`^left out: panel "${title}": `)));
    }
  });

  it('links lead where they led, unless that was inside Grafana', () => {
    expect(panelOf('monitoring', 'Samples appended')?.links).toEqual([{ name: 'Runbook for $job', url: 'https://example.org/runbook?job=${job}', renderVariables: true, targetBlank: true }]);
    expect(importGrafana(read('monitoring')).resource.metadata['annotations']).toEqual({ 'observability.opendatahub.io/help': '## Links\n- [Alerts](/observability)\n' });
  });
});

describe('variables', () => {
  it('of label values keep label, selector, order, pattern and choice', () => {
    expect(variablesOf('hosts')).toEqual([
      { kind: 'ListVariable', spec: { name: 'job', allowMultiple: false, allowAllValue: false, defaultValue: 'node', sort: 'alphabetical-asc', plugin: { kind: 'PrometheusLabelValuesVariable', spec: { labelName: 'job', matchers: ['node_uname_info'] } } } },
      {
        kind: 'ListVariable',
        spec: { name: 'node', display: { name: 'Host' }, allowMultiple: false, allowAllValue: false, sort: 'alphabetical-asc', capturingRegexp: '([^:]+):.*', plugin: { kind: 'PrometheusLabelValuesVariable', spec: { labelName: 'instance', matchers: ['node_uname_info{job="$job"}'] } } },
      },
    ]);
  });

  it('of each other sort become what is nearest', () => {
    const kinds = (name: string) => (variablesOf(name) ?? []).map(({ spec }) => [spec.name, 'plugin' in spec ? (spec.plugin as { kind: string }).kind : 'text']);
    expect(kinds('web-server')).toEqual([['instance', 'PrometheusLabelValuesVariable'], ['window', 'StaticListVariable']]);
    expect(kinds('jvm')).toEqual([['application', 'PrometheusLabelValuesVariable'], ['instance', 'PrometheusLabelValuesVariable'], ['note', 'text'], ['region', 'text']]);
    expect(kinds('service-mesh')).toEqual([['service', 'PrometheusPromQLVariable'], ['srcns', 'text'], ['qrep', 'StaticListVariable']]);
    expect(kinds('monitoring')).toEqual([['job', 'PrometheusLabelValuesVariable'], ['label', 'PrometheusLabelNamesVariable']]);
    expect(variablesOf('web-server')?.find(({ spec }) => spec.name === 'window')?.spec).not.toHaveProperty('defaultValue');
    expect(variablesOf('jvm')).toContainEqual({ kind: 'TextVariable', spec: { name: 'region', display: { name: '', hidden: true }, value: 'eu-1', constant: true } });
  });

  it('are written as Perses reads them', () => {
    const queries = JSON.stringify(panelOf('web-server', 'Connections handled')?.queries);
    expect(queries).toContain('${instance}');
    expect(queries).not.toContain('[[');
    expect(JSON.stringify(panelOf('message-queue', 'Lag by group')?.queries)).toContain('=~\\"${topic}\\"');
  });
});

describe('layout', () => {
  it('rows hold their panels, folded as they were', () => {
    const { layouts } = importGrafana(read('hosts')).resource.spec.config;
    expect(layouts.map(({ spec }) => [spec.display, spec.items.length])).toEqual([
      [{ title: 'At a glance', collapse: { open: true } }, 3],
      [{ title: 'CPU, memory, network', collapse: { open: true } }, 2],
      [{ title: 'Storage', collapse: { open: false } }, 2],
    ]);
    expect(layouts[1]?.spec.items[1]).toMatchObject({ x: 12, y: 0, width: 12, height: 8 });
  });

  it('a row for each value of a variable stays one, and panels on each other are moved', () => {
    expect(importGrafana(read('model-server')).resource.spec.config.layouts[1]?.spec).toMatchObject({ repeatVariable: 'model_name' });
    expect(linesOf('gpus')).toContain('approximated: panel "Average temperature": it stands elsewhere, because another panel was in its place');
  });

  it('time range and refresh are kept where Perses can', () => {
    expect(importGrafana(read('hosts')).resource.spec.config).toMatchObject({ duration: '24h', refreshInterval: '1m' });
    expect(linesOf('key-value-store')).toContain('approximated: time range: now/d to now is the last hour');
  });
});

describe('what is no dashboard of Grafana', () => {
  it.each([
    ['an older one', { title: 'x', schemaVersion: 16, rows: [] }, /schemaVersion 16; 30 and later/],
    ['one of the newer API', { apiVersion: 'dashboard.grafana.app/v2beta1', kind: 'Dashboard', spec: {} }, /Classic/],
    ['something else', { panels: [] }, /no dashboard of Grafana: title/],
    ['a number', 7, /no dashboard of Grafana/],
  ])('%s is refused with the reason', (_, value, reason) => {
    expect(() => importGrafana(value)).toThrow(GrafanaImportError);
    expect(() => importGrafana(value)).toThrow(reason);
  });

  it('odd values cost their part, not the dashboard', () => {
    const { resource, report } = importGrafana({ title: '!!!', schemaVersion: 39, panels: [null, 5, { type: 'timeseries', title: 'x', gridPos: 'left', targets: [{ expr: 7 }, { expr: 'up' }], fieldConfig: [], options: 'none' }, { type: '__proto__' }], templating: { list: [{ name: '__x', type: 'custom', query: 'a' }] } });
    expect(problemsOf(resource)).toEqual([]);
    expect(resource.metadata.name).toBe('imported');
    expect(report.filter(({ outcome }) => outcome === 'left out').map(({ part }) => part)).toEqual(['variable "__x"', 'panel "x"', 'panel "Panel without a title"']);
  });
});
