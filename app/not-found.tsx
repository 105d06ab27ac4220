'use client';
/** For addresses that are none of this app's. */
import Link from 'next/link';
import { Bullseye, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { texts } from '../components/texts';
import { listPath } from '../lib/contracts/links';

export default function NotFound() {
  return (
    <Bullseye component="main">
      <EmptyState titleText={texts.app.nothingHere.title} headingLevel="h1" icon={SearchIcon}>
        <EmptyStateBody>{texts.app.nothingHere.text}</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Link href={listPath}>{texts.common.goToList}</Link>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </Bullseye>
  );
}
