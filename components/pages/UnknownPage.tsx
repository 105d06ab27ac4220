/** For addresses below `/observability` that name no page: says so, and offers the list. */
import { EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, PageSection } from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { catalogPath } from '../../lib/contracts/links';
import { useHost } from '../host/HostProvider';

export function UnknownPage() {
  const { Link, location } = useHost();
  return (
    <PageSection isFilled>
      <EmptyState titleText="There is no dashboard at this address" headingLevel="h1" icon={SearchIcon} data-testid="unknown-page">
        <EmptyStateBody>
          Nothing is called “{location.pathname.slice(catalogPath.length + 1)}” here. The link may be old, or mistyped.
        </EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Link href={catalogPath}>Go to the list of dashboards</Link>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </PageSection>
  );
}
