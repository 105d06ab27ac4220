/**
 * Whether a dashboard is good enough to ship: beyond being valid (`parse.ts`), it asks only what everybody may ask and
 * what there is, explains itself, and leads nowhere that does not exist. Reads no files.
 */
import type { Dashboard } from '../../contracts/dashboard';
import { panelKinds } from '../../contracts/panel-kinds';
import type { DashboardProblem } from '../parse';
import { layoutProblems } from './layout';
import { linkProblems, type LinkContext } from './links';
import { queryProblems, querySpecProblems, type QueryContext } from './queries';
import { textProblems } from './texts';

/** What a dashboard is checked against. */
export type CheckContext = LinkContext & QueryContext;

/** @returns everything that is wrong, with paths from the dashboard's spec; what concerns annotations has an empty path */
export function checkDashboard(dashboard: Dashboard, context: CheckContext): DashboardProblem[] {
  return [
    ...textProblems(dashboard, panelKinds),
    ...layoutProblems(dashboard.spec),
    ...querySpecProblems(dashboard),
    ...queryProblems(dashboard, context),
    ...linkProblems(dashboard, context),
  ];
}
