/** The list of dashboards by category, with search. */
import { useMemo, useState, type ReactNode } from 'react';
import {
  Button,
  Content,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  Gallery,
  PageSection,
  SearchInput,
  Stack,
  StackItem,
  Title,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import CubesIcon from '@patternfly/react-icons/dist/esm/icons/cubes-icon';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { ApiError } from '../api/api-error';
import { useDashboards, useMe } from '../api/ApiProvider';
import { ErrorState } from '../feedback/ErrorState';
import { catalogEntry, groupEntries, searchEntries, type CatalogEntry } from './catalog';
import { CatalogSkeleton } from './CatalogSkeleton';
import { DashboardCard } from './DashboardCard';
import { ProjectLinks } from './ProjectLinks';
import styles from './catalog.module.css';

const cardWidths = { default: '280px' };

export function DashboardCatalog() {
  const [search, setSearch] = useState('');
  const me = useMe();
  const dashboards = useDashboards();
  const entries = useMemo(() => (dashboards.data ?? []).map(catalogEntry), [dashboards.data]);

  return (
    <>
      <PageSection>
        <Title headingLevel="h1">Dashboards</Title>
        <Content component="p">What your workloads are doing, and where to look when something is slow.</Content>
      </PageSection>
      <PageSection isFilled data-testid="dashboard-catalog">
        {body()}
      </PageSection>
    </>
  );

  function body(): ReactNode {
    const failed = [dashboards, me].find(({ data, error }) => data === undefined && error !== null);
    if (failed !== undefined) {
      return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
    }
    if (dashboards.data === undefined || me.data === undefined) {
      return <CatalogSkeleton />;
    }
    if (!me.data.administrator && me.data.projects.length === 0) {
      return <ErrorState error={new ApiError('ERR_ACCESS_001')} onRetry={() => void me.refetch()} />;
    }
    if (entries.length === 0) {
      return (
        <EmptyState titleText="No dashboards yet" headingLevel="h2" icon={CubesIcon} data-testid="catalog-empty">
          <EmptyStateBody>No dashboard is shared with you. An administrator can add dashboards to the platform or to your projects.</EmptyStateBody>
        </EmptyState>
      );
    }
    return (
      <Stack hasGutter>
        {me.data.projects.length > 0 && (
          <StackItem>
            <ProjectLinks projects={me.data.projects} />
          </StackItem>
        )}
        <StackItem isFilled>
          <CatalogList entries={entries} search={search} onSearch={setSearch} />
        </StackItem>
      </Stack>
    );
  }
}

interface CatalogListProps {
  readonly entries: readonly CatalogEntry[];
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

function CatalogList({ entries, search, onSearch }: CatalogListProps) {
  const groups = groupEntries(searchEntries(entries, search));
  return (
    <>
      <Toolbar inset={{ default: 'insetNone' }} colorVariant="no-background">
        <ToolbarContent>
          <ToolbarItem>
            <SearchInput
              aria-label="Search dashboards"
              placeholder="Search dashboards"
              value={search}
              onChange={(_event, value) => onSearch(value)}
              onClear={() => onSearch('')}
              data-testid="catalog-search"
            />
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {groups.map(({ category, entries: ofCategory }) => (
        <section key={category} aria-label={category} className={styles['category']} data-testid="dashboard-category">
          <Title headingLevel="h2" size="lg">
            {category}
          </Title>
          <Gallery hasGutter component="ul" minWidths={cardWidths}>
            {ofCategory.map((entry) => (
              <DashboardCard key={`${entry.project}/${entry.name}`} entry={entry} />
            ))}
          </Gallery>
        </section>
      ))}
      {groups.length === 0 && (
        <EmptyState titleText="No dashboard matches" headingLevel="h2" icon={SearchIcon} data-testid="catalog-no-match">
          <EmptyStateBody>No dashboard has “{search.trim()}” in its name, description or category.</EmptyStateBody>
          <EmptyStateFooter>
            <EmptyStateActions>
              <Button variant="link" onClick={() => onSearch('')}>
                Clear the search
              </Button>
            </EmptyStateActions>
          </EmptyStateFooter>
        </EmptyState>
      )}
    </>
  );
}
