/** For addresses below `/observability` that name no page: says so, and offers the list. */
import { useEffect } from 'react';
import { EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, PageSection } from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { catalogPath, listPath } from '../../lib/contracts/links';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';

const { title } = texts.pages.unknown;

export function UnknownPage() {
  const { Link, location, setTitle } = useHost();
  useEffect(() => setTitle(title), [setTitle]);
  return (
    <PageSection isFilled>
      <EmptyState titleText={title} headingLevel="h1" icon={SearchIcon} data-testid="unknown-page">
        <EmptyStateBody>{texts.pages.unknown.text(location.pathname.slice(catalogPath.length + 1))}</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Link href={listPath}>{texts.common.goToList}</Link>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </PageSection>
  );
}
