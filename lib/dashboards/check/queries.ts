/**
 * What a dashboard asks of Prometheus: whether each query is valid, limited to projects, and asks for what there is. Sees
 * queries as the server gets them, with values in the place of variables.
 */
import type { Dashboard } from '../../contracts/dashboard';
import { z } from '../../contracts/zod';
import { enforce } from '../../promql/enforce';
import { metricNames } from '../../promql/metrics';
import { parseQuery, type QueryLimits } from '../../promql/parse';
import { PromqlRefusal } from '../../promql/refusal';
import { mostProblems, type DashboardProblem } from '../parse';
import type { MetricCatalogue } from './catalogue';


/** What the server allows. */
export interface EnforcementContext {
  readonly limits: QueryLimits;
  /** Label that holds the namespace of a series. */
  readonly scopeLabel: string;
}

export interface QueryContext extends EnforcementContext {
  readonly metrics: MetricCatalogue;
}

export interface DashboardQuery {
  readonly path: readonly PropertyKey[];
  /** Panel that asks; undefined for a variable. */
  readonly panel: string | undefined;
  /** As it is written, with variables. */
  readonly query: string;
}

const panelQuerySchema = z.looseObject({
  plugin: z.looseObject({ kind: z.string(), spec: z.looseObject({ query: z.string().min(1), seriesNameFormat: z.string().optional() }) }),
});
const variableSchema = z.looseObject({
  plugin: z.looseObject({ kind: z.string(), spec: z.looseObject({ matchers: z.array(z.string()).optional(), expr: z.string().optional() }) }),
});

/** All queries and series selectors of a dashboard. Those that do not have the form of one are left out. */
export function queriesOf({ spec }: Dashboard): DashboardQuery[] {
  const ofPanels = Object.entries(spec.panels).flatMap(([panel, { spec: { queries = [] } }]) =>
    queries.flatMap((query, index): DashboardQuery[] => {
      const parsed = panelQuerySchema.safeParse(query.spec);
      return parsed.success ? [{ path: ['panels', panel, 'spec', 'queries', index, 'spec', 'plugin', 'spec', 'query'], panel, query: parsed.data.plugin.spec.query }] : [];
    }),
  );
  const ofVariables = (spec.variables ?? []).flatMap((variable, index): DashboardQuery[] => {
    const parsed = variableSchema.safeParse(variable.spec);
    if (!parsed.success) return [];
    const { matchers = [], expr } = parsed.data.plugin.spec;
    const path = ['variables', index, 'spec', 'plugin', 'spec'];
    return [...matchers, ...(expr === undefined ? [] : [expr])].map((query) => ({ path, panel: undefined, query }));
  });
  return [...ofPanels, ...ofVariables];
}

/** What Perses puts in by itself, https://perses.dev/perses/docs/concepts/variables/, and the viewer's own for links. */
const builtIn: Readonly<Record<string, string>> = {
  __interval: '1m',
  __interval_ms: '60000',
  __rate_interval: '5m',
  __range: '1h',
  __range_s: '3600',
  __range_ms: '3600000',
  __from: '1700000000000',
  __to: '1700003600000',
  __dashboard: 'dashboard',
  __project: 'project',
  __view: 'start=1h',
  __view_workload: 'start=1h',
  __view_job: 'start=1h',
  __view_model: 'start=1h',
  __choices: '',
};

/** Variables that a text names, whether or not they exist. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$(?:(\w+)|\{(\w+)(?::\w+)?\})/g)].flatMap(([, plain, braced]) => plain ?? braced ?? []).filter((name) => !/^\d/.test(name));
}

/** Whether Perses or the dashboard knows a variable. */
export function isVariable({ spec }: Dashboard, name: string): boolean {
  return Object.hasOwn(builtIn, name) || (spec.variables ?? []).some((variable) => variable.spec.name === name);
}

/**
 * A query with values, as a browser sends it.
 *
 * @param values of variables
 * @param other value of a variable that has none there; selects everything unless something else is said
 */
export function withValues(query: string, values: Readonly<Record<string, string>> = {}, other = '.+'): string {
  return query.replaceAll(/\$(?:(\w+)|\{(\w+)(?::\w+)?\})/g, (whole, plain?: string, braced?: string) => {
    const name = plain ?? braced ?? '';
    // `$1` is a group of label_replace.
    return /^\d/.test(name) ? whole : (values[name] ?? builtIn[name] ?? other);
  });
}

/** Variables that are named but not there. */
export function variableProblems(dashboard: Dashboard): DashboardProblem[] {
  return queriesOf(dashboard).flatMap(({ path, query }) =>
    variablesIn(query)
      .filter((name) => !isVariable(dashboard, name))
      .map((name) => ({ path, reason: `there is no variable $${name}` })),
  );
}

/** The first choice of each variable that brings its own. */
export function firstChoices({ spec }: Dashboard): Record<string, string> {
  return Object.fromEntries(
    (spec.variables ?? []).flatMap(({ spec: variable }) => {
      const list = staticListSchema.safeParse(variable).data?.plugin.spec.values[0];
      const first = typeof list === 'object' ? list.value : list;
      const value = first ?? textVariableSchema.safeParse(variable).data?.value;
      return value === undefined || value === '' ? [] : [[variable.name, value]];
    }),
  );
}

const staticListSchema = z.looseObject({
  plugin: z.looseObject({ kind: z.literal('StaticListVariable'), spec: z.looseObject({ values: z.array(z.union([z.string(), z.looseObject({ value: z.string() })])) }) }),
});
const textVariableSchema = z.looseObject({ value: z.string() });

/** What a variable whose values nobody knows may stand for: a pattern, a number, a duration, a label. */
const stands = ['.+', '1', '5m', 'label'];

/** Queries that the server would refuse, whatever is chosen in the dashboard's variables. */
export function refusedQueryProblems(dashboard: Dashboard, { limits, scopeLabel }: EnforcementContext): DashboardProblem[] {
  const choices = firstChoices(dashboard);
  const problems: DashboardProblem[] = [];
  for (const { path, query } of queriesOf(dashboard)) {
    const refusals = refusalsOf(query);
    if (refusals.length === stands.length) problems.push({ path, reason: `the query would be refused: ${refusals[0]}` });
    if (problems.length === mostProblems) break;
  }
  return problems;

  /** Why the query is refused, with each value in turn until one is allowed. */
  function refusalsOf(query: string): string[] {
    const refusals: string[] = [];
    for (const stand of stands) {
      const refusal = refusalOf(withValues(query, choices, stand), { limits, scopeLabel });
      if (refusal === undefined) break;
      refusals.push(refusal);
    }
    return refusals;
  }
}

function refusalOf(query: string, { limits, scopeLabel }: EnforcementContext): string | undefined {
  try {
    enforce(query, { kind: 'namespaces', namespaces: ['a', 'b'] }, { label: scopeLabel, limits });
    return undefined;
  } catch (error) {
    if (error instanceof PromqlRefusal) return error.message;
    throw error;
  }
}

/** Metrics that are read but not there. A query that cannot be parsed reads none. */
export function unknownMetricProblems(dashboard: Dashboard, exists: (name: string) => boolean): DashboardProblem[] {
  const choices = firstChoices(dashboard);
  return queriesOf(dashboard).flatMap(({ path, query }) =>
    namesIn(query, choices)
      .filter((name) => !exists(name))
      .map((name) => ({ path, reason: `there is no metric "${name}"` })),
  );
}

function namesIn(query: string, choices: Readonly<Record<string, string>>): string[] {
  for (const stand of stands) {
    try {
      return metricNames(withValues(query, choices, stand));
    } catch (error) {
      if (!(error instanceof PromqlRefusal)) throw error;
    }
  }
  return [];
}

const chosen = 'chosen-by-the-project-variable';

/** What shipped dashboards must not ask: metrics outside the catalogue or beyond their audience, and all projects at once. */
export function queryProblems(dashboard: Dashboard, { metrics, limits, scopeLabel }: QueryContext): DashboardProblem[] {
  const forAdministrators = dashboard.metadata.annotations?.audience === 'admin';
  const choices = { ...firstChoices(dashboard), namespace: chosen };
  return queriesOf(dashboard).flatMap(({ path, panel, query }) => {
    const text = withValues(query, choices);
    if (refusalOf(text, { limits, scopeLabel }) !== undefined) return [];
    const reasons = metricNames(text).flatMap((name) => {
      if (!metrics.series.has(name)) return [`there is no metric "${name}" in the catalogue of metrics`];
      return !forAdministrators && metrics.administrators.has(name) ? [`"${name}" belongs to no project, so only administrators would see it`] : [];
    });
    const followsChoice = parseQuery(text, limits).selectors.every(({ matchers }) => matchers.some((matcher) => matcher.includes(chosen)));
    if (panel !== undefined && !forAdministrators && !followsChoice) reasons.push('a selector does not follow the choice of projects: namespace=~"$namespace" is missing');
    return reasons.map((reason) => ({ path, reason }));
  });
}

/** Panels without a query of a form that can be sent. */
export function querySpecProblems({ spec }: Dashboard): DashboardProblem[] {
  return Object.entries(spec.panels).flatMap(([panel, { spec: { plugin, queries = [] } }]): DashboardProblem[] => {
    if (plugin.kind === 'Markdown') return [];
    if (queries.length === 0) return [{ path: ['panels', panel, 'spec'], reason: 'the panel has no query' }];
    if (plugin.kind === 'ScatterChart' && queries.length !== 2) return [{ path: ['panels', panel, 'spec', 'queries'], reason: 'expected two queries: what is drawn to the right, and what is drawn upwards' }];
    return queries.flatMap((query, index): DashboardProblem[] => {
      const path = ['panels', panel, 'spec', 'queries', index];
      const parsed = panelQuerySchema.safeParse(query.spec);
      return parsed.success && query.kind === 'TimeSeriesQuery' && parsed.data.plugin.kind === 'PrometheusTimeSeriesQuery'
        ? []
        : [{ path, reason: 'expected a TimeSeriesQuery of kind PrometheusTimeSeriesQuery with a query' }];
    });
  });
}

/** Series without a name that people can read. Those of a scatter say what its axes are. */
export function seriesNameProblems({ spec }: Dashboard): DashboardProblem[] {
  return Object.entries(spec.panels).flatMap(([panel, { spec: { plugin, queries = [] } }]) =>
    queries.flatMap((query, index): DashboardProblem[] => {
      const parsed = panelQuerySchema.safeParse(query.spec);
      if (!parsed.success) return [];
      const path = ['panels', panel, 'spec', 'queries', index];
      const { seriesNameFormat = '' } = parsed.data.plugin.spec;
      if (seriesNameFormat === '') return [{ path, reason: 'the series have no name (seriesNameFormat)' }];
      return plugin.kind !== 'ScatterChart' || /\S: \S.* \([^()]+\)$/.test(seriesNameFormat) ? [] : [{ path, reason: 'the name of the series does not say what is measured and in which unit: "{{job}}: utilization (%)"' }];
    }),
  );
}

const datasourceSchema = z.looseObject({ plugin: z.looseObject({ spec: z.looseObject({ datasource: z.looseObject({ kind: z.string().optional(), name: z.string().optional() }).optional() }) }) });

/** @param names of the configuration; undefined when they are not known, and only kinds are checked */
export function datasourceProblems({ spec }: Dashboard, names: readonly string[] | undefined): DashboardProblem[] {
  const named = [
    ...Object.entries(spec.panels).flatMap(([panel, { spec: { queries = [] } }]) => queries.map((query, index) => ({ path: ['panels', panel, 'spec', 'queries', index, 'spec'], value: query.spec }))),
    ...(spec.variables ?? []).map((variable, index) => ({ path: ['variables', index, 'spec'], value: variable.spec })),
  ];
  return named.flatMap(({ path: place, value }) => {
    const datasource = datasourceSchema.safeParse(value).data?.plugin.spec.datasource;
    const path = [...place, 'plugin', 'spec', 'datasource'];
    if (datasource === undefined) return [];
    if (datasource.kind !== undefined && datasource.kind !== 'PrometheusDatasource') return [{ path: [...path, 'kind'], reason: `there is no datasource of kind "${datasource.kind}"` }];
    return datasource.name === undefined || names?.includes(datasource.name) !== false ? [] : [{ path: [...path, 'name'], reason: `there is no datasource "${datasource.name}"` }];
  });
}
