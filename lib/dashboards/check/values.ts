/** Values that the schema lets through and nothing can show: durations, units, variables, links. */
import type { Dashboard } from '../../contracts/dashboard';
import { isPageAddress } from '../../contracts/links';
import { units } from '../../contracts/units';
import { z } from '../../contracts/zod';
import type { DashboardProblem } from '../parse';

/** As Perses writes them; a refresh interval of 0s is none. */
const duration = /^(?:\d+(?:ms|[smhdwy]))+$/;

/** What the viewer loads for a ListVariable. */
const variablePlugins = ['PrometheusLabelNamesVariable', 'PrometheusLabelValuesVariable', 'PrometheusPromQLVariable', 'StaticListVariable'];

const listVariableSchema = z.looseObject({ plugin: z.looseObject({ kind: z.string() }) });
const labelValuesSchema = z.looseObject({ plugin: z.looseObject({ spec: z.looseObject({ labelName: z.string().min(1) }) }) });
const promqlSchema = z.looseObject({ plugin: z.looseObject({ spec: z.looseObject({ expr: z.string().min(1) }) }) });
const staticListSchema = z.looseObject({
  plugin: z.looseObject({ spec: z.looseObject({ values: z.array(z.union([z.string(), z.looseObject({ value: z.string() })])).min(1) }) }),
});
const numberMappingSchema = z.looseObject({ value: z.number() });
const textVariableSchema = z.looseObject({ value: z.string() });
const linksSchema = z.array(z.looseObject({ url: z.string() }));

export function durationProblems({ spec }: Dashboard): DashboardProblem[] {
  const named = [['duration', spec.duration] as const, ['refreshInterval', spec.refreshInterval] as const];
  return named.flatMap(([name, value]) => (value === undefined || duration.test(value) ? [] : [{ path: [name], reason: `"${value}" is no duration` }]));
}

/** Variables that cannot have a value. */
export function variableDefinitionProblems({ spec }: Dashboard): DashboardProblem[] {
  return (spec.variables ?? []).flatMap((variable, index): DashboardProblem[] => {
    const path = ['variables', index, 'spec'];
    const { name } = variable.spec;
    const named = /^[a-zA-Z_]\w*$/.test(name) && !name.startsWith('__') ? [] : [{ path: [...path, 'name'], reason: `"${name}" cannot be the name of a variable` }];
    if (variable.kind === 'TextVariable') {
      return textVariableSchema.safeParse(variable.spec).success ? named : [...named, { path, reason: `the variable "${name}" has no value` }];
    }
    const plugin = listVariableSchema.safeParse(variable.spec).data?.plugin;
    if (plugin === undefined) return [...named, { path, reason: `the variable "${name}" does not say where its values come from (plugin)` }];
    if (!variablePlugins.includes(plugin.kind)) return [...named, { path: [...path, 'plugin', 'kind'], reason: `there is no variable of kind "${plugin.kind}"` }];
    const missing = missingOf(plugin.kind, variable.spec);
    return missing === undefined ? named : [...named, { path: [...path, 'plugin', 'spec'], reason: `the variable "${name}" has no ${missing}` }];
  });
}

function missingOf(kind: string, spec: unknown): string | undefined {
  switch (kind) {
    case 'PrometheusLabelValuesVariable':
      return labelValuesSchema.safeParse(spec).success ? undefined : 'label (labelName)';
    case 'PrometheusPromQLVariable':
      return promqlSchema.safeParse(spec).success ? undefined : 'query (expr)';
    case 'StaticListVariable':
      return staticListSchema.safeParse(spec).success ? undefined : 'values';
    default:
      return undefined;
  }
}

/** Units that Perses does not write, wherever in a panel they are named. */
export function unknownUnitProblems(dashboard: Dashboard): DashboardProblem[] {
  return objectsInPanels(dashboard, ({ unit }, path) => (typeof unit !== 'string' || isUnit(unit) ? [] : [{ path: [...path, 'unit'], reason: `there is no unit "${unit}"` }]));
}

/** Units whose numbers are never shortened, as in 1.5k. */
const neverShortened = /^(?:percent|percent-decimal|%|[a-z]{3}|milliseconds|seconds|minutes|hours|days|weeks|months|years)$/;

/** What is shown here, but is against the schemas by which a Perses server accepts dashboards. */
export function persesSchemaProblems(dashboard: Dashboard): DashboardProblem[] {
  return objectsInPanels(dashboard, ({ unit, shortValues, kind, spec }, path) => {
    if (typeof unit === 'string' && shortValues !== undefined && neverShortened.test(unit)) {
      return [{ path: [...path, 'shortValues'], reason: `a format in ${unit} has no shortValues` }];
    }
    const mapped = kind === 'Value' ? numberMappingSchema.safeParse(spec).data : undefined;
    return mapped === undefined ? [] : [{ path: [...path, 'spec', 'value'], reason: `a mapping compares texts: ${mapped.value} is written "${mapped.value}"` }];
  });
}

function isUnit(text: string): boolean {
  return units.some((unit) => unit === text);
}

function objectsInPanels({ spec }: Dashboard, problemsOf: (object: Readonly<Record<string, unknown>>, path: readonly PropertyKey[]) => DashboardProblem[]): DashboardProblem[] {
  function* problemsIn(value: unknown, path: readonly PropertyKey[]): Generator<DashboardProblem> {
    if (typeof value !== 'object' || value === null) return;
    yield* problemsOf({ ...value }, path);
    for (const [name, inner] of Object.entries(value)) yield* problemsIn(inner, [...path, Array.isArray(value) ? Number(name) : name]);
  }
  return Object.entries(spec.panels).flatMap(([name, { spec: { plugin } }]) => [...problemsIn(plugin.spec, ['panels', name, 'spec', 'plugin', 'spec'])]);
}

/** Links that are none, or that would run a script. */
export function linkAddressProblems({ spec }: Dashboard): DashboardProblem[] {
  const links = [
    { path: ['links'] as PropertyKey[], value: 'links' in spec ? spec.links : undefined },
    ...Object.entries(spec.panels).map(([name, panel]) => ({ path: ['panels', name, 'spec', 'links'] as PropertyKey[], value: panel.spec.links })),
  ];
  return links.flatMap(({ path, value }): DashboardProblem[] => {
    if (value === undefined) return [];
    const parsed = linksSchema.safeParse(value);
    if (!parsed.success) return [{ path, reason: 'expected a list of links, each with a url' }];
    return parsed.data.flatMap(({ url }, index) => (isPageAddress(url) ? [] : [{ path: [...path, index, 'url'], reason: `"${url}" is no address of a page` }]));
  });
}
