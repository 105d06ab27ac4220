/**
 * The inside of a dashboard: controls and Perses's panels. Everything that needs Perses is below here, and is loaded
 * only when a dashboard is opened.
 */
import { useCallback, useMemo, useRef, useState } from 'react';
import { Button, Stack, StackItem } from '@patternfly/react-core';
import OutlinedQuestionCircleIcon from '@patternfly/react-icons/dist/esm/icons/outlined-question-circle-icon';
import { VariableProvider } from '@perses-dev/dashboards';
import { isDurationString, type BuiltinVariableDefinition, type DurationString } from '@perses-dev/core';
import { TimeZoneProvider } from '@perses-dev/components';
import { TimeRangeProvider } from '@perses-dev/plugin-system';
import type { Dashboard } from '../../lib/contracts/dashboard';
import { dashboardPath } from '../../lib/contracts/links';
import type { Me } from '../../lib/contracts/identity';
import { deferred } from '../feedback/deferred';
import { PersesProviders } from '../perses/PersesProviders';
import { persesResource, variableDefinitions } from '../perses/resource';
import { usePreference } from '../preferences/use-preference';
import { texts } from '../texts';
import { AnnotationsProvider } from './annotations/use-annotations';
import { HelpDrawer } from './help/HelpDrawer';
import type { KioskBarProps } from './KioskBar';
import { linkVariables } from './link-variables';
import { MoreMenu } from './MoreMenu';
import { OutageBanner } from './panels/OutageBanner';
import { PanelGrid } from './panels/PanelGrid';
import { PanelsViewProvider, type PanelsView } from './panels/panels-view';
import { PanelsStatus } from './panels/PanelsStatus';
import type { PrintedDashboardProps } from './print/PrintedDashboard';
import { RefreshWhenBack } from './RefreshWhenBack';
import { simplePanels } from './simple';
import { describeTimeRange } from './time/time-range';
import { zoneName } from './time/time-zone';
import { writeViewState, type PanelRef } from './url-state';
import { useChartGroup } from './use-chart-group';
import { usePageVisible } from './use-page-visible';
import { pickedProjects, useViewReport } from './use-view-report';
import type { View } from './use-view-state';
import styles from './viewer.module.css';
import { NoAccessAlert } from './variables/NoAccessAlert';
import { foreignProjects, projectVariable, withProjects } from './variables/projects';
import { Variables } from './variables/Variables';
import { ViewerSection, type ViewerChrome } from './ViewerSection';
import { ViewerToolbar } from './ViewerToolbar';

const AnnotationList = deferred(() => import('./annotations/AnnotationList'), () => null);
const KioskBar = deferred<KioskBarProps>(() => import('./KioskBar'), () => null);
const PrintedDashboard = deferred<PrintedDashboardProps>(() => import('./print/PrintedDashboard'), () => null);

export interface ViewerContentProps {
  readonly dashboard: Dashboard;
  readonly me: Me;
  readonly view: View;
  readonly chrome: ViewerChrome;
  /** Whether it can be found at an address; a preview cannot, so nobody looks at it there. */
  readonly isPublished?: boolean;
}

export default function ViewerContent({ dashboard, me, view, chrome, isPublished = true }: ViewerContentProps) {
  const groupCharts = useChartGroup();
  const { state, change } = view;
  const { spec, metadata } = dashboard;
  const isVisible = usePageVisible();
  const [zone] = usePreference('timeZone');
  const [mode] = usePreference('mode');
  const [prefersEvents, setPrefersEvents] = usePreference('events');
  // As it was when the dashboard was opened, so that going back undoes the switch.
  const [eventsFirst] = useState(prefersEvents);
  const areEventsOn = state.events ?? eventsFirst;
  const switchEvents = (isOn: boolean): void => {
    setPrefersEvents(isOn);
    change({ events: isOn });
  };
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const helpButton = useRef<HTMLButtonElement>(null);

  const resource = useMemo(() => persesResource(dashboard), [dashboard]);
  const definitions = useMemo(() => withProjects(variableDefinitions(dashboard), me.projects), [dashboard, me.projects]);
  const timeRange = useMemo(() => state.timeRange ?? { pastDuration: duration(spec.duration, '1h') }, [state.timeRange, spec.duration]);
  const builtins = useMemo(
    () => builtinVariables(dashboard, linkVariables(timeRange, state.variables, definitions.map(({ spec: { name } }) => name))),
    [dashboard, definitions, timeRange, state.variables],
  );
  const refreshInterval = state.refreshInterval ?? duration(spec.refreshInterval, '0s');
  useViewReport(metadata.project, metadata.name, pickedProjects(definitions, state, me), isPublished);
  const foreign = foreignProjects(state.variables[projectVariable], me);

  const essential = useMemo(() => (chrome === 'none' ? undefined : simplePanels(dashboard)), [dashboard, chrome]);
  // A panel that a link names is shown, whatever belongs to the view.
  const shown = essential === undefined || mode === 'advanced' ? undefined : state.panel === undefined ? essential : new Set([...essential, state.panel.ref]);
  const help = chrome === 'none' ? undefined : metadata.annotations?.['help'];
  const helpToggle = help === undefined ? undefined : (
    <Button ref={helpButton} variant="link" icon={<OutlinedQuestionCircleIcon />} onClick={() => setIsHelpOpen(!isHelpOpen)} aria-expanded={isHelpOpen} title={texts.viewer.help.toggle} data-testid="help-toggle">
      <span className={styles.words}>{texts.viewer.help.toggle}</span>
    </Button>
  );
  const closeHelp = (): void => {
    setIsHelpOpen(false);
    helpButton.current?.focus();
  };

  const isKiosk = chrome === 'full' && state.kiosk;
  const leaveKiosk = useCallback(() => change({ kiosk: false }), [change]);
  const [isPrinting, setIsPrinting] = useState(false);
  const panelsView = useMemo((): PanelsView => ({ compare: state.compare, isInteractive: !isKiosk }), [state.compare, isKiosk]);

  const more = <MoreMenu onPrint={() => setIsPrinting(true)} onKiosk={chrome === 'full' ? () => change({ kiosk: true }) : undefined} />;
  const addressOf = (panel: PanelRef) => dashboardPath(metadata.project, metadata.name) + writeViewState('', { ...state, timeRange, panel, events: areEventsOn ? true : undefined });

  return (
    <PersesProviders dashboard={resource}>
      <TimeRangeProvider
        timeRange={timeRange}
        refreshInterval={isVisible ? refreshInterval : '0s'}
        setTimeRange={(range) => change({ timeRange: range })}
        setRefreshInterval={(interval) => change({ refreshInterval: interval })}
      >
        <RefreshWhenBack isVisible={isVisible} refreshes={refreshInterval !== '0s'} />
        {/* Perses's own variables stay empty: from it come the built-in ones, such as the length of the time range. */}
        <VariableProvider builtinVariableDefinitions={builtins}>
          <Variables definitions={definitions} chosen={state.variables}>
            <TimeZoneProvider timeZone={zoneName(zone)}>
              <AnnotationsProvider isOn={areEventsOn}>
              <ViewerSection chrome={chrome} isFilled>
                <Stack hasGutter>
                  {isKiosk && (
                    <StackItem>
                      <KioskBar title={spec.display?.name ?? metadata.name} timeRange={describeTimeRange(timeRange, zoneName(zone))} zone={zoneName(zone)} onLeave={leaveKiosk} />
                    </StackItem>
                  )}
                  {chrome !== 'none' && !isKiosk && (
                    <StackItem>
                      <ViewerToolbar definitions={definitions} view={view} refreshInterval={refreshInterval} isCompact={chrome === 'compact'} areEventsOn={areEventsOn} onEvents={switchEvents} hasModes={essential !== undefined} help={helpToggle} more={more} />
                    </StackItem>
                  )}
                  <OutageBanner />
                  {areEventsOn && !isKiosk && <AnnotationList />}
                  {foreign.length > 0 && (
                    <StackItem>
                      <NoAccessAlert projects={foreign} />
                    </StackItem>
                  )}
                  <StackItem isFilled data-testid="dashboard-panels" onPointerOver={groupCharts}>
                    <HelpDrawer text={help} isOpen={isHelpOpen} onClose={closeHelp}>
                      <PanelsViewProvider value={panelsView}>
                        <PanelGrid dashboard={dashboard} shown={shown} expanded={state.panel} onExpand={(panel) => change({ panel })} addressOf={addressOf} />
                      </PanelsViewProvider>
                    </HelpDrawer>
                  </StackItem>
                </Stack>
                <PanelsStatus />
                {isPrinting && <PrintedDashboard dashboard={dashboard} definitions={definitions} state={{ ...state, timeRange }} shown={shown} onClose={() => setIsPrinting(false)} />}
              </ViewerSection>
              </AnnotationsProvider>
            </TimeZoneProvider>
          </Variables>
        </VariableProvider>
      </TimeRangeProvider>
    </PersesProviders>
  );
}

function duration(text: string | undefined, otherwise: DurationString): DurationString {
  return text !== undefined && text !== '' && isDurationString(text) ? text : otherwise;
}

/** Perses's built-in variables that name the dashboard, for links and titles, and those that links hand on. */
function builtinVariables({ metadata }: Dashboard, links: ReturnType<typeof linkVariables>): BuiltinVariableDefinition[] {
  const values = { __dashboard: metadata.name, __project: metadata.project, ...links };
  return Object.entries(values).map(([name, value]) => ({
    kind: 'BuiltinVariable',
    spec: { name, value: () => value, source: 'Dashboard', display: { name, hidden: true } },
  }));
}
