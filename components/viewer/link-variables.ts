/** The variables that links between dashboards are written with, which hand on what is shown. Pure. */
import type { TimeRangeValue } from '@perses-dev/core/dist/model/time';
import { writeViewState, type ViewState } from './url-state';

/** Names that dashboards have for the variable that chooses workloads. */
const workloadNames = ['workload', 'job', 'model', 'notebook'] as const;

/**
 * Queries of addresses, without their question mark, by the variable's name: `__view` has the time range and the choices,
 * `__choices` the choices alone, for a dashboard of another time span. `__view_workload`, `__view_job` and `__view_model`
 * hand on the chosen workloads under the name that they have there. Perses itself can only write single values into a link.
 *
 * @param chosen values by the name of the variable
 * @param own names of the dashboard's variables
 */
export function linkVariables(timeRange: TimeRangeValue, chosen: ViewState['variables'], own: readonly string[]): Readonly<Record<string, string>> {
  const query = (state: Partial<ViewState>): string => writeViewState('', state).slice(1);
  const workload = workloadNames.find((name) => own.includes(name));
  const renamed = (name: string): ViewState['variables'] =>
    Object.fromEntries(Object.entries(chosen).map(([each, values]) => [each === workload ? name : each, values]));
  return {
    __view: query({ timeRange, variables: chosen }),
    __choices: query({ variables: chosen }),
    __view_workload: query({ timeRange, variables: renamed('workload') }),
    __view_job: query({ timeRange, variables: renamed('job') }),
    __view_model: query({ timeRange, variables: renamed('model') }),
  };
}
