'use client';
/** For a defect in a page: the rest of the app goes on, and the page can be tried again. */
import { Bullseye, Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';

export default function PageError({ error, reset }: { readonly error: Error & { readonly digest?: string }; readonly reset: () => void }) {
  return (
    <Bullseye>
      <EmptyState status="danger" titleText="This page could not be shown" headingLevel="h1">
        <EmptyStateBody>
          Something went wrong on our side. Try again; if it happens again, tell an administrator
          {error.digest === undefined ? '.' : ` and name ${error.digest}.`}
        </EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button variant="primary" onClick={reset}>
              Try again
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </Bullseye>
  );
}
