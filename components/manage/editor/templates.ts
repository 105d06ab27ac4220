/** What a new dashboard can begin from. Each is valid as it is and shows something of the caller's projects. */
import type { Dashboard, DashboardSpec } from '../../../lib/contracts/dashboard';
import type { panelKinds } from '../../../lib/contracts/panel-kinds';
import { manageEditor } from '../../texts/manage-editor';
import { unsaved } from './document';

export type TemplateName = 'blank' | 'serving' | 'training' | 'project';

const words = manageEditor.templates;

interface TemplatePanel {
  readonly title: string;
  readonly description: string;
  readonly kind: (typeof panelKinds)[number];
  readonly spec: Record<string, unknown>;
  readonly query?: string;
  readonly legend?: string;
  readonly width: number;
}

const height = 8;
/** Columns of the grid. */
const columns = 24;

function specOf(title: string, panels: readonly TemplatePanel[]): DashboardSpec {
  let [x, y] = [0, 0];
  const items = panels.map(({ width }, index) => {
    if (x + width > columns) [x, y] = [0, y + height];
    const item = { x, y, width, height, content: { $ref: `#/spec/panels/panel${index + 1}` } };
    x += width;
    return item;
  });
  return {
    display: { name: title },
    duration: '1h',
    refreshInterval: '30s',
    variables: [{ kind: 'ListVariable', spec: { name: 'namespace', display: { name: words.project }, allowMultiple: true, allowAllValue: true, customAllValue: '.+', defaultValue: '$__all', plugin: { kind: 'PrometheusLabelValuesVariable', spec: { labelName: 'namespace', matchers: [] } } } }],
    panels: Object.fromEntries(panels.map((panel, index) => [`panel${index + 1}`, panelOf(panel)])),
    layouts: [{ kind: 'Grid', spec: { items } }],
  };
}

function panelOf({ title, description, kind, spec, query, legend }: TemplatePanel): DashboardSpec['panels'][string] {
  const queries = query === undefined ? [] : [{ kind: 'TimeSeriesQuery', spec: { plugin: { kind: 'PrometheusTimeSeriesQuery', spec: { query, ...(legend === undefined ? {} : { seriesNameFormat: legend }) } } } }];
  return { kind: 'Panel', spec: { display: { name: title, description }, plugin: { kind, spec }, queries } };
}

const chart = (unit: string) => ({ kind: 'TimeSeriesChart', spec: { legend: { position: 'bottom' }, yAxis: { format: { unit } } } }) as const;
const figure = (unit: string) => ({ kind: 'StatChart', spec: { calculation: 'last-number', format: { unit } } }) as const;
const of = (matchers: string): string => `{namespace=~"$namespace"${matchers === '' ? '' : `, ${matchers}`}}`;

const panels: Readonly<Record<TemplateName, readonly TemplatePanel[]>> = {
  blank: [
    { ...words.panels.cpu, ...chart('decimal'), query: `sum by (pod) (rate(container_cpu_usage_seconds_total${of('container!=""')}[$__rate_interval]))`, legend: '{{pod}}', width: 24 },
  ],
  serving: [
    { ...words.panels.requests, ...chart('requests/sec'), query: `sum by (model_name) (rate(vllm:request_success_total${of('')}[$__rate_interval]))`, legend: '{{model_name}}', width: 12 },
    { ...words.panels.latency, ...chart('seconds'), query: `histogram_quantile(0.95, sum by (model_name, le) (rate(vllm:e2e_request_latency_seconds_bucket${of('')}[$__rate_interval])))`, legend: '{{model_name}}', width: 12 },
    { ...words.panels.waiting, ...chart('decimal'), query: `sum by (model_name) (vllm:num_requests_waiting${of('')})`, legend: '{{model_name}}', width: 12 },
    { ...words.panels.cache, ...chart('percent-decimal'), query: `max by (model_name) (vllm:kv_cache_usage_perc${of('')})`, legend: '{{model_name}}', width: 12 },
  ],
  training: [
    { ...words.panels.gpu, ...chart('percent'), query: `avg by (pod) (DCGM_FI_DEV_GPU_UTIL${of('')})`, legend: '{{pod}}', width: 12 },
    { ...words.panels.gpuMemory, ...chart('bytes'), query: `sum by (pod) (DCGM_FI_DEV_FB_USED${of('')}) * 1048576`, legend: '{{pod}}', width: 12 },
    { ...words.panels.cpu, ...chart('decimal'), query: `sum by (pod) (rate(container_cpu_usage_seconds_total${of('container!=""')}[$__rate_interval]))`, legend: '{{pod}}', width: 24 },
  ],
  project: [
    { ...words.panels.cpuNow, ...figure('decimal'), query: `sum(rate(container_cpu_usage_seconds_total${of('container!=""')}[$__rate_interval]))`, width: 12 },
    { ...words.panels.memoryNow, ...figure('bytes'), query: `sum(container_memory_working_set_bytes${of('container!=""')})`, width: 12 },
    { ...words.panels.cpu, ...chart('decimal'), query: `sum by (pod) (rate(container_cpu_usage_seconds_total${of('container!=""')}[$__rate_interval]))`, legend: '{{pod}}', width: 12 },
    { ...words.panels.memory, ...chart('bytes'), query: `sum by (pod) (container_memory_working_set_bytes${of('container!=""')})`, legend: '{{pod}}', width: 12 },
  ],
};

const categoryOf: Readonly<Record<TemplateName, string | undefined>> = { blank: undefined, serving: 'serving', training: 'training', project: 'platform' };

export function fromTemplate(name: TemplateName): Dashboard {
  const category = categoryOf[name];
  return unsaved(specOf(words.names[name].title, panels[name]), category === undefined ? {} : { category });
}
