/** The page of the list of dashboards, or why there is none. */
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { Content, EmptyState, EmptyStateBody, PageSection, Stack, StackItem, Title } from '@patternfly/react-core';
import CubesIcon from '@patternfly/react-icons/dist/esm/icons/cubes-icon';
import { statusPath } from '../../lib/contracts/links';
import { ApiError } from '../api/api-error';
import { useDashboards, useMe } from '../api/ApiProvider';
import { ErrorState } from '../feedback/ErrorState';
import { useKeptFocus } from '../focus/use-kept-focus';
import { useHost } from '../host/HostProvider';
import { StatusBanner } from '../status/StatusBanner';
import { usePreferencesKnown } from '../preferences/use-preference';
import { ManageLink } from '../manage/ManageLink';
import { texts } from '../texts';
import { catalogEntry } from './catalog';
import { CatalogList } from './CatalogList';
import { CatalogSkeleton } from './CatalogSkeleton';
import { ProjectLinks } from './ProjectLinks';

interface DashboardCatalogProps {
  /** What stands above the list, once there is one. */
  readonly intro?: ReactNode;
}

export function DashboardCatalog({ intro }: DashboardCatalogProps) {
  const { Link, setTitle } = useHost();
  const me = useMe();
  const dashboards = useDashboards();
  const isReady = usePreferencesKnown();
  const entries = useMemo(() => (dashboards.data ?? []).map(catalogEntry), [dashboards.data]);
  useEffect(() => setTitle(texts.common.dashboards), [setTitle]);
  const list = useRef<HTMLDivElement>(null);
  useKeptFocus(list, list);

  return (
    <>
      <PageSection>
        <Title headingLevel="h1">{texts.common.dashboards}</Title>
        <Content component="p">
          {texts.catalog.intro} <Link href={statusPath}>{texts.status.title}</Link>
          <ManageLink />
          {me.data?.sample !== undefined && (
            <>
              {' · '}
              <Link href={me.data.sample}>{texts.catalog.sample}</Link>
            </>
          )}
        </Content>
      </PageSection>
      <PageSection isFilled data-testid="dashboard-catalog">
        <div ref={list} tabIndex={-1}>
          {body()}
        </div>
      </PageSection>
    </>
  );

  function body(): ReactNode {
    const failed = [dashboards, me].find(({ data, error }) => data === undefined && error !== null);
    if (failed !== undefined) {
      return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
    }
    if (dashboards.data === undefined || me.data === undefined || !isReady) {
      return <CatalogSkeleton />;
    }
    if (!me.data.administrator && me.data.projects.length === 0) {
      return <ErrorState error={new ApiError('ERR_ACCESS_001')} onRetry={() => void me.refetch()} />;
    }
    if (entries.length === 0) {
      return (
        <EmptyState titleText={texts.catalog.empty.title} headingLevel="h2" icon={CubesIcon} data-testid="catalog-empty">
          <EmptyStateBody>{texts.catalog.empty.text}</EmptyStateBody>
        </EmptyState>
      );
    }
    return (
      <Stack hasGutter>
        <StatusBanner />
        {intro !== undefined && <StackItem>{intro}</StackItem>}
        {me.data.projects.length > 0 && (
          <StackItem>
            <ProjectLinks projects={me.data.projects} />
          </StackItem>
        )}
        <StackItem isFilled>
          <CatalogList entries={entries} role={me.data.role} />
        </StackItem>
      </Stack>
    );
  }
}
