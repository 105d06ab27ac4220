'use client';
/** For a defect in a page: the rest of the app goes on, and the page can be tried again. */
import { Bullseye, Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import { texts } from '../components/texts';

export default function PageError({ error, reset }: { readonly error: Error & { readonly digest?: string }; readonly reset: () => void }) {
  return (
    <Bullseye>
      <EmptyState status="danger" titleText={texts.app.broken.title} headingLevel="h1">
        <EmptyStateBody>{texts.app.broken.text(error.digest)}</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button variant="primary" onClick={reset}>
              {texts.common.tryAgain}
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </Bullseye>
  );
}
