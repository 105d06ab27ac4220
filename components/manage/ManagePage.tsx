/** The page of the dashboards that a person may change or arrange, or why there is none. */
import { useEffect, useState, type ReactNode } from 'react';
import { Button, Content, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, Flex, FlexItem, PageSection, Skeleton, Stack, StackItem, Title } from '@patternfly/react-core';
import CubesIcon from '@patternfly/react-icons/dist/esm/icons/cubes-icon';
import LockIcon from '@patternfly/react-icons/dist/esm/icons/lock-icon';
import { listPath, newDashboardPath } from '../../lib/contracts/links';
import { toApiError } from '../api/api-error';
import { ErrorState } from '../feedback/ErrorState';
import { LoadingStatus } from '../feedback/LoadingStatus';
import { useHost } from '../host/HostProvider';
import { DashboardsTrail } from '../links/DashboardsTrail';
import { texts } from '../texts';
import { manageRemoved } from '../texts/manage-removed';
import { ManageList } from './ManageList';
import { RemovedDialog } from './RemovedDialog';
import { useManagement } from './use-management';

const words = texts.manageList;

export function ManagePage() {
  const { Link, setTitle } = useHost();
  const { data, error, refetch } = useManagement();
  useEffect(() => setTitle(words.title), [setTitle]);
  const [areRemovedShown, setAreRemovedShown] = useState(false);

  return (
    <>
      <DashboardsTrail current={words.title} />
      <PageSection>
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsCenter' }}>
          <FlexItem>
            <Title headingLevel="h1">{words.title}</Title>
            <Content component="p">{words.intro}</Content>
          </FlexItem>
          {data?.creates === true && (
            <FlexItem>
              <Button variant="link" onClick={() => setAreRemovedShown(true)} data-testid="removed-open">
                {manageRemoved.open}
              </Button>{' '}
              <Link href={newDashboardPath()} className="pf-v6-c-button pf-m-primary">
                <span className="pf-v6-c-button__text">{words.create}</span>
              </Link>
            </FlexItem>
          )}
        </Flex>
        {data?.creates === false && <Content component="small">{words.createsNone}</Content>}
      </PageSection>
      <PageSection isFilled data-testid="manage">
        {body()}
      </PageSection>
      {areRemovedShown && <RemovedDialog onClose={() => setAreRemovedShown(false)} />}
    </>
  );

  function body(): ReactNode {
    if (data === undefined) {
      return error === null ? <ManageSkeleton /> : toApiError(error).code === 'ERR_ACCESS_002' ? <Refused /> : <ErrorState error={error} onRetry={() => void refetch()} />;
    }
    if (data.dashboards.length + data.problems.length === 0) {
      return (
        <EmptyState titleText={words.empty.title} headingLevel="h2" icon={CubesIcon} data-testid="manage-empty">
          <EmptyStateBody>{words.empty.body}</EmptyStateBody>
        </EmptyState>
      );
    }
    return <ManageList management={data} />;
  }
}

function Refused() {
  const { Link } = useHost();
  const { title, message, remedy, list } = words.refused;
  return (
    <EmptyState titleText={title} headingLevel="h2" icon={LockIcon} data-testid="manage-refused">
      <EmptyStateBody role="alert">
        <p>{message}</p>
        <p>{remedy}</p>
      </EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Link href={listPath}>{list}</Link>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}

const lines = ['a', 'b', 'c', 'd', 'e'];

function ManageSkeleton() {
  return (
    <>
      <LoadingStatus text={words.loading} />
      <Stack hasGutter aria-busy="true" data-testid="manage-loading">
        {lines.map((key) => (
          <StackItem key={key}>
            <Skeleton height="2.5rem" />
          </StackItem>
        ))}
      </Stack>
    </>
  );
}
