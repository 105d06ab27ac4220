/**
 * One dashboard by its project and name: breadcrumb, title, what it answers, and the panels; or why it cannot be shown.
 */
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { Breadcrumb, BreadcrumbItem, Content, PageBreadcrumb, PageSection, Title } from '@patternfly/react-core';
import { catalogPath } from '../../lib/contracts/links';
import type { Dashboard } from '../../lib/contracts/dashboard';
import { ApiError } from '../api/api-error';
import { useDashboard, useMe } from '../api/ApiProvider';
import { ErrorState } from '../feedback/ErrorState';
import { useHost } from '../host/HostProvider';
import styles from './viewer.module.css';
import { ViewerSkeleton } from './ViewerSkeleton';

const loadContent = () => import('./ViewerContent');
const ViewerContent = lazy(loadContent);

export interface DashboardViewerProps {
  readonly project: string;
  readonly dashboard: string;
}

export function DashboardViewer({ project, dashboard: name }: DashboardViewerProps) {
  const { setTitle } = useHost();
  const me = useMe();
  const dashboard = useDashboard(project, name);

  // The panels' code is large: it loads while the API answers.
  useEffect(() => {
    // A failure shows when the panels are rendered.
    loadContent().catch(() => undefined);
  }, []);

  const title = dashboard.data === undefined ? undefined : displayName(dashboard.data);
  useEffect(() => {
    if (title !== undefined) {
      setTitle(title);
    }
  }, [title, setTitle]);

  return (
    <div data-testid="dashboard-viewer" data-dashboard={name} className={styles['viewer']}>
      <ViewerBreadcrumb current={title ?? name} />
      {body()}
    </div>
  );

  function body(): ReactNode {
    const failed = [dashboard, me].find(({ data, error }) => data === undefined && error !== null);
    if (failed !== undefined) {
      return <ViewerError error={failed.error} onRetry={() => void failed.refetch()} />;
    }
    if (dashboard.data === undefined || me.data === undefined) {
      return <ViewerSkeleton />;
    }
    if (!me.data.administrator && me.data.projects.length === 0) {
      return <ViewerError error={new ApiError('ERR_ACCESS_001')} />;
    }
    const { metadata, spec } = dashboard.data;
    return (
      <Suspense fallback={<ViewerSkeleton />}>
        <PageSection>
          <Title headingLevel="h1" data-testid="dashboard-title">
            {title}
          </Title>
          {spec.display?.description !== undefined && <Content component="p">{spec.display.description}</Content>}
        </PageSection>
        {/* Perses keeps a dashboard in stores that it fills once, so another dashboard is another tree. */}
        <ViewerContent key={`${metadata.project}/${metadata.name}/${metadata.version}`} dashboard={dashboard.data} me={me.data} />
      </Suspense>
    );
  }
}

function ViewerBreadcrumb({ current }: { readonly current: string }) {
  const { Link } = useHost();
  return (
    <PageBreadcrumb>
      <Breadcrumb>
        <BreadcrumbItem render={({ className }) => <Link href={catalogPath} className={className}>Dashboards</Link>} />
        <BreadcrumbItem isActive>{current}</BreadcrumbItem>
      </Breadcrumb>
    </PageBreadcrumb>
  );
}

function ViewerError({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { Link } = useHost();
  // Asking again does not make a dashboard exist or a project one's own.
  const final = error instanceof ApiError && (error.code === 'ERR_DASH_001' || error.code.startsWith('ERR_ACCESS'));
  return (
    <PageSection isFilled>
      <ErrorState
        error={error}
        headingLevel="h1"
        onRetry={final ? undefined : onRetry}
        actions={<Link href={catalogPath}>Go to the list of dashboards</Link>}
      />
    </PageSection>
  );
}

function displayName({ metadata, spec }: Dashboard): string {
  return spec.display?.name ?? metadata.name;
}
