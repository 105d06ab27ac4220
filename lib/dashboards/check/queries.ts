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
import type { DashboardProblem } from '../parse';
import type { MetricCatalogue } from './catalogue';

export interface QueryContext {
  readonly metrics: MetricCatalogue;
  readonly limits: QueryLimits;
  /** Label that holds the namespace of a series. */
  readonly scopeLabel: string;
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

/** What Perses puts in by itself, https://perses.dev/perses/docs/concepts/variables/, and the viewer's `__view` for links. */
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
 * @param values of variables; one of the dashboard's own that has none selects everything
 */
export function withValues(query: string, values: Readonly<Record<string, string>> = {}): string {
  return query.replaceAll(/\$(?:(\w+)|\{(\w+)(?::\w+)?\})/g, (whole, plain?: string, braced?: string) => {
    const name = plain ?? braced ?? '';
    // `$1` is a group of label_replace.
    return /^\d/.test(name) ? whole : (values[name] ?? builtIn[name] ?? '.+');
  });
}

const chosen = 'chosen-by-the-project-variable';

export function queryProblems(dashboard: Dashboard, { metrics, limits, scopeLabel }: QueryContext): DashboardProblem[] {
  const forAdministrators = dashboard.metadata.annotations?.audience === 'admin';
  const problems: DashboardProblem[] = [];
  for (const { path, panel, query } of queriesOf(dashboard)) {
    const add = (reason: string): void => void problems.push({ path, reason });
    for (const name of variablesIn(query)) {
      if (!isVariable(dashboard, name)) add(`there is no variable $${name}`);
    }
    const text = withValues(query, { namespace: chosen });
    try {
      enforce(text, { kind: 'namespaces', namespaces: ['a', 'b'] }, { label: scopeLabel, limits });
      for (const name of metricNames(text)) {
        if (!metrics.series.has(name)) add(`there is no metric "${name}" in the catalogue of metrics`);
        else if (!forAdministrators && metrics.administrators.has(name)) add(`"${name}" belongs to no project, so only administrators would see it`);
      }
      const followsChoice = parseQuery(text, limits).selectors.every(({ matchers }) => matchers.some((matcher) => matcher.includes(chosen)));
      if (panel !== undefined && !forAdministrators && !followsChoice) add('a selector does not follow the choice of projects: namespace=~"$namespace" is missing');
    } catch (error) {
      if (!(error instanceof PromqlRefusal)) throw error;
      add(`the query would be refused: ${error.message}`);
    }
  }
  return problems;
}

/** Panels without a query of a form that can be sent, and series without a name that people can read. */
export function querySpecProblems({ spec }: Dashboard): DashboardProblem[] {
  return Object.entries(spec.panels).flatMap(([panel, { spec: { plugin, queries = [] } }]): DashboardProblem[] => {
    if (plugin.kind === 'Markdown') return [];
    if (queries.length === 0) return [{ path: ['panels', panel, 'spec'], reason: 'the panel has no query' }];
    return queries.flatMap((query, index): DashboardProblem[] => {
      const path = ['panels', panel, 'spec', 'queries', index];
      const parsed = panelQuerySchema.safeParse(query.spec);
      if (!parsed.success || query.kind !== 'TimeSeriesQuery' || parsed.data.plugin.kind !== 'PrometheusTimeSeriesQuery') {
        return [{ path, reason: 'expected a TimeSeriesQuery of kind PrometheusTimeSeriesQuery with a query' }];
      }
      return (parsed.data.plugin.spec.seriesNameFormat ?? '') === '' ? [{ path, reason: 'the series have no name (seriesNameFormat)' }] : [];
    });
  });
}
