'use client';
/** For addresses that are none of this app's. */
import Link from 'next/link';
import { Bullseye, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { listPath } from '../lib/contracts/links';

export default function NotFound() {
  return (
    <Bullseye component="main">
      <EmptyState titleText="There is nothing at this address" headingLevel="h1" icon={SearchIcon}>
        <EmptyStateBody>The link may be old, or mistyped.</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Link href={listPath}>Go to the list of dashboards</Link>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </Bullseye>
  );
}
