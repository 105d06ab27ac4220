/** A dashboard with its state as it is printed: what is chosen, and all panels of the view. */
import { useState } from 'react';
import type { VariableDefinition } from '@perses-dev/core';
import { useTimeZone } from '@perses-dev/components';
import { useTimeRange, useVariableValues, type VariableStateMap } from '@perses-dev/plugin-system';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import { texts } from '../../texts';
import { PanelGrid } from '../panels/PanelGrid';
import { comparisons } from '../time/comparison';
import { describeTimeRange } from '../time/time-range';
import { allValue, type ViewState } from '../url-state';
import { selectedValues } from '../variables/variable-state';
import { PrintView } from './PrintView';

export interface PrintedDashboardProps {
  readonly dashboard: Dashboard;
  readonly definitions: readonly VariableDefinition[];
  readonly state: ViewState;
  /** Keys of the panels of the view; all without it. */
  readonly shown: ReadonlySet<string> | undefined;
  readonly onClose: () => void;
}

const nothing = (): void => undefined;

export default function PrintedDashboard({ dashboard, definitions, state, shown, onClose }: PrintedDashboardProps) {
  const { timeZone } = useTimeZone();
  const { timeRange, absoluteTimeRange } = useTimeRange();
  const variables = useVariableValues();
  const [printedAt] = useState(() => new Date());
  const comparison = comparisons.find(({ value }) => value === state.compare);
  const words = describeTimeRange(timeRange, timeZone);
  const facts: [string, string][] = [
    ...definitions.flatMap((definition) => chosenText(definition, state.variables[definition.spec.name], variables)),
    [texts.viewer.print.timeRange, 'pastDuration' in timeRange ? `${words} (${describeTimeRange(absoluteTimeRange, timeZone)})` : words],
    ...(comparison === undefined ? [] : [[texts.viewer.print.comparedWith, comparison.label] satisfies [string, string]]),
    [texts.viewer.print.printedAt, printedAt.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone })],
    [texts.viewer.print.timeZone, timeZone],
  ];
  return (
    <PrintView title={dashboard.spec.display?.name ?? dashboard.metadata.name} facts={facts} compare={state.compare} onClose={onClose}>
      <PanelGrid dashboard={dashboard} shown={shown} expanded={state.panel} onExpand={nothing} addressOf={() => ''} />
    </PrintView>
  );
}

/** Name and choice of a variable that people see. */
function chosenText(definition: VariableDefinition, chosen: readonly string[] | undefined, variables: VariableStateMap): [string, string][] {
  const { name, display } = definition.spec;
  if (display?.hidden === true) {
    return [];
  }
  const options = variables[name]?.options;
  const values = selectedValues(definition, chosen, options).map((value) => (value === allValue ? texts.common.all : (options?.find((option) => option.value === value)?.label ?? value)));
  return values.length === 0 ? [] : [[display?.name ?? name, values.join(', ')]];
}
