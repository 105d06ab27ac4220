/** A panel that cannot show anything: what happened, what to do, and for those who ask, the detail. */
import { useState } from 'react';
import { Button, Content, ExpandableSection } from '@patternfly/react-core';
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon';
import { toApiError, ApiError } from '../../api/api-error';
import { useHost } from '../../host/HostProvider';
import { texts } from '../../texts';
import styles from './panels.module.css';

export interface PanelErrorProps {
  readonly error: unknown;
  /** Offered as "Try again" where asking again can help. */
  readonly onRetry?: () => void;
  readonly isRetrying?: boolean;
}

export function PanelError({ error, onRetry, isRetrying = false }: PanelErrorProps) {
  const { Link } = useHost();
  const [isOpen, setIsOpen] = useState(false);
  const { code, title, message, remedy, help, detail, requestId } = toApiError(error);
  // What broke in the browser has no code of the server's; what it says is for those who look into it.
  const text = detail ?? (error instanceof ApiError || !(error instanceof Error) ? undefined : error.message);
  return (
    <div className={styles['state']} data-testid="panel-error" data-code={code}>
      <Content component="p">
        <ExclamationCircleIcon color="var(--pf-t--global--icon--color--status--danger--default)" /> <strong>{title}</strong>
      </Content>
      <div>
        {onRetry !== undefined && (
          <Button variant="secondary" size="sm" onClick={onRetry} isLoading={isRetrying} isAriaDisabled={isRetrying} data-testid="panel-retry">
            {isRetrying ? texts.common.tryingAgain : texts.common.tryAgain}
          </Button>
        )}{' '}
        <Link href={help}>{texts.common.about(code)}</Link>
      </div>
      <Content component="p">
        {message} {remedy}
      </Content>
      {(text !== undefined || requestId !== undefined) && (
        <ExpandableSection toggleText={texts.panels.detail} isExpanded={isOpen} onToggle={(_event, expanded) => setIsOpen(expanded)}>
          {text !== undefined && <Content component="p">{text}</Content>}
          {requestId !== undefined && <Content component="p">{texts.common.request(requestId)}</Content>}
        </ExpandableSection>
      )}
    </div>
  );
}

export function PanelCancelled({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <div className={`${styles['state'] ?? ''} ${styles['centred'] ?? ''}`} data-testid="panel-cancelled">
      <Content component="p">{texts.panels.stopped.text}</Content>
      <Button variant="secondary" size="sm" onClick={onRetry}>
        {texts.panels.stopped.load}
      </Button>
    </div>
  );
}
