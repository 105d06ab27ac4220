/**
 * Whether a dashboard is good enough to ship: beyond being valid (`parse.ts`) and keeping the rules of all dashboards
 * (`rules.ts`), it asks only what everybody may ask and what there is, explains itself, and leads nowhere that does not
 * exist. Reads no files.
 */
import type { Dashboard } from '../../contracts/dashboard';
import type { DashboardProblem } from '../parse';
import { linkProblems, type LinkContext } from './links';
import { queryProblems, seriesNameProblems, type QueryContext } from './queries';
import { rulesBrokenBy } from './rules';
import { textProblems } from './texts';

/** What a dashboard is checked against. */
export type CheckContext = LinkContext & QueryContext;

/** @returns everything that is wrong, with paths from the dashboard's spec; what concerns annotations has an empty path */
export function checkDashboard(dashboard: Dashboard, context: CheckContext): DashboardProblem[] {
  return [
    ...rulesBrokenBy(dashboard, { ...context, datasources: undefined, metricExists: undefined }).map(({ path, reason }) => ({ path, reason })),
    ...textProblems(dashboard),
    ...seriesNameProblems(dashboard),
    ...queryProblems(dashboard, context),
    ...linkProblems(dashboard, context),
  ];
}
