/**
 * A part of the viewer's stack that says that the metrics backend does not answer and when it is asked again; goes away by
 * itself when it does. PanelsStatus says so to assistive technology, once and not with each try.
 */
import { useEffect, useRef, useState } from 'react';
import { Alert, AlertActionLink, StackItem } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useTimeZone } from '@perses-dev/components';
import { useTimeRange } from '@perses-dev/plugin-system';
import { errorCatalogue } from '../../../lib/contracts/errors';
import { texts } from '../../texts';
import { variableOptionsKey } from '../variables/use-variable-options';
import { usePanelStates } from './use-panel-states';

/** Time to the next try after each that failed, in milliseconds; the last one stays. */
const pauses = [5_000, 10_000, 20_000, 30_000, 60_000];

export function OutageBanner() {
  const { isDown } = usePanelStates();
  return isDown ? <Outage /> : null;
}

function Outage() {
  const queryClient = useQueryClient();
  const { refresh } = useTimeRange();
  const { timeZone } = useTimeZone();
  const { waiting } = usePanelStates();
  const tries = useRef(0);
  const [nextTry, setNextTry] = useState<number>();

  const retry = (): void => {
    setNextTry(undefined);
    refresh();
    void queryClient.refetchQueries({ queryKey: [variableOptionsKey], predicate: ({ state }) => state.status === 'error' });
  };
  const latestRetry = useRef(retry);
  useEffect(() => {
    latestRetry.current = retry;
  });

  const isTrying = waiting > 0;
  useEffect(() => {
    if (isTrying) {
      return;
    }
    const pause = pauses[Math.min(tries.current, pauses.length - 1)] ?? 60_000;
    tries.current += 1;
    setNextTry(Date.now() + pause);
    const timer = setTimeout(() => latestRetry.current(), pause);
    return () => clearTimeout(timer);
  }, [isTrying]);

  return (
    <StackItem>
      <Alert
        isInline
        variant="warning"
        component="h2"
        title={texts.panels.outage.title}
        data-testid="outage"
        actionLinks={
          <AlertActionLink component="button" onClick={() => latestRetry.current()} isAriaDisabled={isTrying} data-testid="outage-retry">
            {texts.panels.outage.now}
          </AlertActionLink>
        }
      >
        <p>
          {texts.panels.outage.text} {isTrying || nextTry === undefined ? texts.common.tryingAgain : texts.panels.outage.next(new Date(nextTry).toLocaleTimeString(undefined, { timeZone }))}{' '}
          {errorCatalogue.ERR_DATA_001.remedy}
        </p>
      </Alert>
    </StackItem>
  );
}
