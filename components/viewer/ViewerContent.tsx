/**
 * The inside of a dashboard: controls and Perses's panels. Everything that needs Perses is below here, and is loaded
 * only when a dashboard is opened.
 */
import { useMemo } from 'react';
import { PageSection, Stack, StackItem } from '@patternfly/react-core';
import { Dashboard as PersesDashboard, DashboardProvider, VariableProvider } from '@perses-dev/dashboards';
import { isDurationString, type BuiltinVariableDefinition, type DurationString } from '@perses-dev/core';
import { TimeRangeProvider } from '@perses-dev/plugin-system';
import type { Dashboard } from '../../lib/contracts/dashboard';
import type { Me } from '../../lib/contracts/identity';
import { PersesProviders } from '../perses/PersesProviders';
import { persesResource, variableDefinitions } from '../perses/resource';
import { PanelFocus } from './PanelFocus';
import { useViewState } from './use-view-state';
import { NoAccessAlert } from './variables/NoAccessAlert';
import { foreignProjects, projectVariable, withProjects } from './variables/projects';
import { Variables } from './variables/Variables';
import { ViewerToolbar } from './ViewerToolbar';

const panelOptions = { showIcons: 'always' } as const;

export default function ViewerContent({ dashboard, me }: { readonly dashboard: Dashboard; readonly me: Me }) {
  const view = useViewState();
  const { state, change } = view;
  const { spec } = dashboard;

  const resource = useMemo(() => persesResource(dashboard), [dashboard]);
  const definitions = useMemo(() => withProjects(variableDefinitions(dashboard), me.projects), [dashboard, me.projects]);
  const builtins = useMemo(() => builtinVariables(dashboard), [dashboard]);
  const timeRange = useMemo(() => state.timeRange ?? { pastDuration: duration(spec.duration, '1h') }, [state.timeRange, spec.duration]);
  const refreshInterval = state.refreshInterval ?? duration(spec.refreshInterval, '0s');
  const foreign = foreignProjects(state.variables[projectVariable], me);

  return (
    <PersesProviders dashboard={resource}>
      <TimeRangeProvider
        timeRange={timeRange}
        refreshInterval={refreshInterval}
        setTimeRange={(range) => change({ timeRange: range })}
        setRefreshInterval={(interval) => change({ refreshInterval: interval })}
      >
        {/* Perses's own variables stay empty: from it come the built-in ones, such as the length of the time range. */}
        <VariableProvider builtinVariableDefinitions={builtins}>
          <Variables definitions={definitions} chosen={state.variables}>
            <DashboardProvider
              initialState={{
                dashboardResource: resource,
                ...(state.panel === undefined ? {} : { viewPanelRef: state.panel }),
                setViewPanelRef: (panel) => change({ panel }),
              }}
            >
              <PanelFocus panel={state.panel} />
              <PageSection isFilled>
                <Stack hasGutter>
                  <StackItem>
                    <ViewerToolbar definitions={definitions} view={view} />
                  </StackItem>
                  {foreign.length > 0 && (
                    <StackItem>
                      <NoAccessAlert projects={foreign} />
                    </StackItem>
                  )}
                  <StackItem isFilled data-testid="dashboard-panels">
                    <PersesDashboard panelOptions={panelOptions} />
                  </StackItem>
                </Stack>
              </PageSection>
            </DashboardProvider>
          </Variables>
        </VariableProvider>
      </TimeRangeProvider>
    </PersesProviders>
  );
}

function duration(text: string | undefined, otherwise: DurationString): DurationString {
  return text !== undefined && text !== '' && isDurationString(text) ? text : otherwise;
}

/** Perses's built-in variables that name the dashboard, for links and titles. */
function builtinVariables({ metadata }: Dashboard): BuiltinVariableDefinition[] {
  const builtin = (name: string, value: string): BuiltinVariableDefinition => ({
    kind: 'BuiltinVariable',
    spec: { name, value: () => value, source: 'Dashboard', display: { name, hidden: true } },
  });
  return [builtin('__dashboard', metadata.name), builtin('__project', metadata.project)];
}
