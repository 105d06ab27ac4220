/**
 * The rules that every dashboard has to keep, whoever wrote it: each with what to do when it is broken. The stricter ones
 * of shipped dashboards are in `check.ts`.
 */
import type { Dashboard } from '../../contracts/dashboard';
import { panelKinds } from '../../contracts/panel-kinds';
import { units } from '../../contracts/units';
import { mostProblems, type DashboardProblem } from '../parse';
import { layoutProblems } from './layout';
import { datasourceProblems, querySpecProblems, refusedQueryProblems, unknownMetricProblems, variableProblems, type EnforcementContext } from './queries';
import { panelKindProblems, titleProblems, unitProblems } from './texts';
import { durationProblems, linkAddressProblems, persesSchemaProblems, unknownUnitProblems, variableDefinitionProblems } from './values';

/** Each rule with what to do about it. */
export const rules = {
  syntax: 'Correct the YAML or JSON; an editor that knows the format shows the place.',
  schema: 'Compare with a dashboard that works; docs/dashboards-as-code.md shows each form.',
  duplicate: 'Give one of them another name, or another namespace.',
  duration: 'Write a number and a unit, such as 30m, 1h or 7d.',
  'panel-kind': `Use one of ${panelKinds.join(', ')}.`,
  title: 'Set spec.display.name of the panel to what it measures.',
  unit: `Set the unit of the format to one of ${units.join(', ')}.`,
  'perses-schema': 'Write it so that a Perses server accepts the dashboard too.',
  layout: 'Move or resize the panel in spec.layouts; the grid has 24 columns.',
  variable: 'Define the variable in spec.variables, or correct its name; names are letters, digits and "_".',
  query: 'Correct the query; every selector must be one that the server can limit to the projects of the caller.',
  datasource: 'Name a datasource of the configuration, or none to use the default.',
  link: 'Link to a path of this product or to an http(s) address.',
  metric: 'Correct the name, or look whether the metric is collected.',
} as const;

export type Rule = keyof typeof rules;

/** Rules of a dashboard that works without keeping them. */
const ofTaste: ReadonlySet<Rule> = new Set<Rule>(['title', 'unit', 'perses-schema']);

export const isOfTaste = (rule: Rule): boolean => ofTaste.has(rule);

/** A problem with the rule that is broken. */
export interface RuleProblem extends DashboardProblem {
  readonly rule: Rule;
}

export interface RuleContext extends EnforcementContext {
  /** Names of the datasources that there are; undefined when nobody knows. */
  readonly datasources: readonly string[] | undefined;
  /** Whether a metric exists; undefined when nobody knows. */
  readonly metricExists: ((name: string) => boolean) | undefined;
}

/** @returns the rules that a valid dashboard breaks, with paths from the dashboard's spec; the first 100 */
export function rulesBrokenBy(dashboard: Dashboard, context: RuleContext): RuleProblem[] {
  const of = (rule: Rule, problems: readonly DashboardProblem[]): RuleProblem[] => problems.map((problem) => ({ ...problem, rule }));
  const problems = [
    ...of('duration', durationProblems(dashboard)),
    ...of('panel-kind', panelKindProblems(dashboard)),
    ...of('title', titleProblems(dashboard)),
    ...of('unit', [...unitProblems(dashboard), ...unknownUnitProblems(dashboard)]),
    ...of('perses-schema', persesSchemaProblems(dashboard)),
    ...of('layout', layoutProblems(dashboard.spec)),
    ...of('variable', [...variableDefinitionProblems(dashboard), ...variableProblems(dashboard)]),
    ...of('query', [...querySpecProblems(dashboard), ...refusedQueryProblems(dashboard, context)]),
    ...of('datasource', datasourceProblems(dashboard, context.datasources)),
    ...of('link', linkAddressProblems(dashboard)),
    ...of('metric', context.metricExists === undefined ? [] : unknownMetricProblems(dashboard, context.metricExists)),
  ];
  return problems.slice(0, mostProblems);
}
