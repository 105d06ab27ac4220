/**
 * As much of Grafana's dashboard JSON as the import reads (schemaVersion 30 and later,
 * https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/). A part that is not as
 * described counts as not there, so that one odd value does not cost the whole dashboard. Checks nothing else.
 */
import { z } from 'zod';

/** A part that may be missing or of another shape. */
const lenient = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
const lenientList = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .array(schema.nullable().catch(null))
    .catch([])
    .default([])
    .transform((list) => list.filter((item) => item !== null));

const text = lenient(z.string());
const number = lenient(z.number());
const flag = lenient(z.boolean());

const datasource = lenient(z.union([z.string(), z.looseObject({ type: text, uid: text }), z.null()]));

const target = z.looseObject({ refId: text, expr: text, legendFormat: text, interval: text, hide: flag, instant: flag, datasource });

const link = z.looseObject({ title: text, url: text, targetBlank: flag });

const step = z.looseObject({ color: text, value: z.number().nullish().catch(null) });

const mappingResult = lenient(z.looseObject({ text, color: text }));

const mapping = z.looseObject({ type: text, options: lenient(z.looseObject({ from: z.number().nullish(), to: z.number().nullish(), match: text, result: mappingResult })) });

const defaults = z.looseObject({
  unit: text,
  decimals: z.number().nullish().catch(null),
  min: number,
  max: number,
  thresholds: lenient(z.looseObject({ mode: text, steps: lenientList(step) })),
  mappings: lenientList(mapping),
  custom: lenient(
    z.looseObject({
      lineWidth: number,
      fillOpacity: number,
      drawStyle: text,
      showPoints: text,
      spanNulls: lenient(z.union([z.boolean(), z.number()])),
      axisLabel: text,
      stacking: lenient(z.looseObject({ mode: text })),
      thresholdsStyle: lenient(z.looseObject({ mode: text })),
      scaleDistribution: lenient(z.looseObject({ type: text })),
    }),
  ),
});

const override = z.looseObject({
  matcher: lenient(z.looseObject({ id: text, options: z.unknown() })),
  properties: lenientList(z.looseObject({ id: text, value: z.unknown() })),
});

const options = z.looseObject({
  legend: lenient(z.looseObject({ displayMode: text, placement: text, calcs: lenientList(z.string()), showLegend: flag })),
  reduceOptions: lenient(z.looseObject({ calcs: lenientList(z.string()) })),
  graphMode: text,
  content: text,
  mode: text,
});

const position = lenient(z.looseObject({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }));

const plainPanel = z.looseObject({
  id: number,
  type: text,
  title: text,
  description: text,
  gridPos: position,
  datasource,
  targets: lenientList(target),
  fieldConfig: lenient(z.looseObject({ defaults: lenient(defaults), overrides: lenientList(override) })),
  options: lenient(options),
  transformations: lenientList(z.looseObject({ id: text, options: z.unknown() })),
  links: lenientList(link),
  repeat: text,
  libraryPanel: lenient(z.looseObject({ name: text })),
  interval: text,
  timeFrom: text,
  timeShift: text,
});

const panel = plainPanel.extend({ collapsed: flag, panels: lenientList(plainPanel) });

const current = lenient(z.looseObject({ value: lenient(z.union([z.string(), z.array(z.string())])) }));

const variable = z.looseObject({
  name: z.string().min(1),
  type: z.string(),
  label: text,
  description: text,
  hide: number,
  query: z.unknown(),
  definition: text,
  regex: text,
  sort: number,
  multi: flag,
  includeAll: flag,
  allValue: z.string().nullish().catch(null),
  auto: flag,
  options: lenientList(z.looseObject({ text: z.unknown(), value: z.unknown() })),
  current,
});

export const grafanaSchema = z.looseObject({
  title: z.string('expected the title of the dashboard').min(1),
  description: text,
  uid: z.string().nullish().catch(null),
  schemaVersion: z.int('expected the version of Grafana\'s schema'),
  panels: lenientList(panel),
  templating: lenient(z.looseObject({ list: lenientList(variable) })),
  annotations: lenient(z.looseObject({ list: lenientList(z.looseObject({ name: text, builtIn: number })) })),
  links: lenientList(link),
  time: lenient(z.looseObject({ from: text, to: text })),
  refresh: lenient(z.union([z.string(), z.boolean()])),
});

export type GrafanaDashboard = z.output<typeof grafanaSchema>;
export type GrafanaPanel = z.output<typeof plainPanel>;
export type GrafanaRowOrPanel = z.output<typeof panel>;
export type GrafanaTarget = z.output<typeof target>;
export type GrafanaVariable = z.output<typeof variable>;
export type GrafanaDefaults = z.output<typeof defaults>;
export type GrafanaDatasource = z.output<typeof datasource>;
