/** A page or part of it that could not be shown: what happened, what to do, and where it is explained. */
import type { ReactNode } from 'react';
import { Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon';
import LockIcon from '@patternfly/react-icons/dist/esm/icons/lock-icon';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import type { ErrorCode } from '../../lib/contracts/errors';
import { toApiError } from '../api/api-error';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';

export interface ErrorStateProps {
  readonly error: unknown;
  /** h1 where this is all that the page shows. */
  readonly headingLevel?: 'h1' | 'h2';
  /** Offered as "Try again" where asking again can help. */
  readonly onRetry?: (() => void) | undefined;
  /** Further ways out, such as a link to the list. */
  readonly actions?: ReactNode;
}

export function ErrorState({ error, headingLevel = 'h2', onRetry, actions }: ErrorStateProps) {
  const { Link } = useHost();
  const { code, title, message, remedy, help, detail, requestId } = toApiError(error);
  return (
    <EmptyState titleText={title} headingLevel={headingLevel} data-testid="error-state" data-code={code} {...appearance(code)}>
      {/* Said when it comes, without the buttons below. */}
      <EmptyStateBody role="alert">
        <p>{message}</p>
        <p>{remedy}</p>
        {detail !== undefined && <p>{detail}</p>}
      </EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          {onRetry !== undefined && (
            <Button variant="primary" onClick={onRetry} data-testid="retry">
              {texts.common.tryAgain}
            </Button>
          )}
          {actions}
        </EmptyStateActions>
        <EmptyStateActions>
          <Link href={help}>{texts.common.about(code)}</Link>
          {requestId !== undefined && <span>{texts.common.request(requestId)}</span>}
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}

/** Refusals and dead ends are not the system's failure and do not look like one. */
function appearance(code: ErrorCode) {
  switch (code) {
    case 'ERR_ACCESS_001':
    case 'ERR_ACCESS_002':
      return { icon: LockIcon };
    case 'ERR_DASH_001':
      return { icon: SearchIcon };
    default:
      return { icon: ExclamationCircleIcon, status: 'danger' as const };
  }
}
