/**
 * One dashboard by its project and name: breadcrumb, title, what it answers, and the panels; or why it cannot be shown.
 */
import { useEffect, useRef, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Content, Flex, PageSection, Title } from '@patternfly/react-core';
import { dashboardKey, listPath } from '../../lib/contracts/links';
import { titleOf, type Dashboard } from '../../lib/contracts/dashboard';
import { ApiError } from '../api/api-error';
import { useApi, useDashboard, useMe } from '../api/ApiProvider';
import { deferred } from '../feedback/deferred';
import { ErrorState } from '../feedback/ErrorState';
import { useKeptFocus } from '../focus/use-kept-focus';
import { useHost } from '../host/HostProvider';
import { globalDatasourcesQuery } from '../perses/datasources';
import { firstKinds, preloadPlugins } from '../perses/preload';
import { DashboardsTrail } from '../links/DashboardsTrail';
import { HomeButton } from '../preferences/HomeButton';
import { rememberOpened, usePreferencesKnown } from '../preferences/use-preference';
import { texts } from '../texts';
import { initialSearch, type AddressTimeRange } from './url-state';
import { useViewState } from './use-view-state';
import styles from './viewer.module.css';
import { ViewerSection, type ViewerChrome } from './ViewerSection';
import { ViewerSkeleton } from './ViewerSkeleton';

const loadContent = () => import('./ViewerContent');
const ViewerContent = deferred(loadContent, ({ chrome }) => <ViewerSkeleton chrome={chrome} />);

export interface DashboardViewerProps {
  readonly project: string;
  readonly dashboard: string;
  /** Values of variables that are shown first, by name. Others of them start a viewer anew that keeps its own state. */
  readonly variables?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Time range that is shown first; the dashboard's own without it. */
  readonly timeRange?: AddressTimeRange | undefined;
  /**
   * Whether the state is kept in the page's address, where it wins over `variables` and `timeRange`: for the one viewer
   * that the page is about. Otherwise it stays in the viewer.
   */
  readonly syncToUrl?: boolean;
  readonly chrome?: ViewerChrome;
}

const noVariables = {};

export function DashboardViewer(props: DashboardViewerProps) {
  // Another dashboard is another view, with a state of its own.
  return <Viewer key={`${props.project}/${props.dashboard}`} {...props} />;
}

function Viewer({ project, dashboard: name, variables = noVariables, timeRange, syncToUrl = false, chrome = 'full' }: DashboardViewerProps) {
  const { setTitle } = useHost();
  const me = useMe();
  const dashboard = useDashboard(project, name);
  usePreloaded(dashboard.data);
  // Above the panels: a definition that changes while it is looked at takes their place, and the state stays.
  const view = useViewState({ syncToUrl, initial: initialSearch(variables, timeRange) });

  const isReady = usePreferencesKnown();
  const isOpen = isReady && dashboard.data !== undefined && chrome === 'full';
  useEffect(() => {
    if (isOpen) {
      rememberOpened(dashboardKey({ project, name }));
    }
  }, [isOpen, project, name]);

  const title = dashboard.data === undefined ? undefined : titleOf(dashboard.data);
  useEffect(() => {
    if (title !== undefined && chrome === 'full') {
      setTitle(title);
    }
  }, [title, chrome, setTitle]);

  const root = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLDivElement>(null);
  useKeptFocus(root, heading);

  return (
    <div ref={root} data-testid="dashboard-viewer" data-dashboard={name} className={styles['viewer']}>
      {chrome === 'full' && !view.state.kiosk && <DashboardsTrail current={title ?? name} />}
      {body()}
    </div>
  );

  function body(): ReactNode {
    // What was read before is shown while the API is away, but not when the dashboard is gone or no longer the person's.
    const failed = [dashboard, me].find(({ data, error }) => error !== null && (data === undefined || isFinal(error)));
    if (failed !== undefined) {
      return <ViewerError chrome={chrome} error={failed.error} onRetry={() => void failed.refetch()} />;
    }
    if (dashboard.data === undefined || me.data === undefined || !isReady) {
      return <ViewerSkeleton chrome={chrome} />;
    }
    if (!me.data.administrator && me.data.projects.length === 0) {
      return <ViewerError chrome={chrome} error={new ApiError('ERR_ACCESS_001')} />;
    }
    const { spec } = dashboard.data;
    return (
      <>
        {chrome === 'full' && !view.state.kiosk && (
          <PageSection>
            <Flex alignItems={{ default: 'alignItemsCenter' }} justifyContent={{ default: 'justifyContentSpaceBetween' }}>
              <div ref={heading} tabIndex={-1}>
                <Title headingLevel="h1" data-testid="dashboard-title">
                  {title}
                </Title>
              </div>
              <HomeButton dashboard={dashboardKey({ project, name })} title={title ?? name} />
            </Flex>
            {spec.display?.description !== undefined && <Content component="p">{spec.display.description}</Content>}
          </PageSection>
        )}
        {/* Perses keeps a dashboard in stores that it fills once, so another definition is another tree. */}
        <ViewerContent key={keyOf(spec)} dashboard={dashboard.data} me={me.data} view={view} chrome={chrome} />
      </>
    );
  }
}

/** The panels' code is large, and they ask for datasources before they query: all of it comes while the API answers. */
function usePreloaded(dashboard: Dashboard | undefined): void {
  const api = useApi();
  const queryClient = useQueryClient();
  useEffect(() => {
    // A failure shows when the panels are rendered.
    loadContent().catch(() => undefined);
    void queryClient.prefetchQuery(globalDatasourcesQuery(api));
  }, [api, queryClient]);
  useEffect(() => {
    if (dashboard !== undefined) {
      preloadPlugins(firstKinds(dashboard));
    }
  }, [dashboard]);
}

interface ViewerErrorProps {
  readonly chrome: ViewerChrome;
  readonly error: unknown;
  readonly onRetry?: () => void;
}

function ViewerError({ chrome, error, onRetry }: ViewerErrorProps) {
  const { Link } = useHost();
  return (
    <ViewerSection chrome={chrome} isFilled>
      <ErrorState
        error={error}
        headingLevel={chrome === 'full' ? 'h1' : 'h2'}
        onRetry={isFinal(error) ? undefined : onRetry}
        actions={<Link href={listPath}>{texts.common.goToList}</Link>}
      />
    </ViewerSection>
  );
}

/** Asking again does not make a dashboard exist or a project one's own. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'ERR_DASH_001' || error.code.startsWith('ERR_ACCESS'));
}

const keys = new WeakMap<object, number>();
let definitions = 0;

/** A key that is another for every definition. An answer with the same one, in another version, is the same object. */
function keyOf(definition: object): number {
  const key = keys.get(definition) ?? ++definitions;
  keys.set(definition, key);
  return key;
}
