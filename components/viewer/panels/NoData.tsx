/** A panel whose queries were answered with nothing: why, as the server found out, and what to do about it. */
import type { ReactNode } from 'react';
import { Button, Content, Popover } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTimeRange } from '@perses-dev/plugin-system';
import type { Absence } from '../../../lib/contracts/absence';
import { errorCatalogue, helpPath, type ErrorCode } from '../../../lib/contracts/errors';
import { useApi } from '../../api/ApiProvider';
import { useHost } from '../../host/HostProvider';
import { agoText } from './age';
import { descriptionPoints } from './description';
import { rangeAround } from './range-around';
import type { PanelQuery } from './use-panel-queries';
import styles from './panels.module.css';

/** A panel that is lower than this, in pixels, shows the reason when asked. */
const low = 160;

/** The reason does not change from one refresh to the next. In milliseconds. */
const keepFor = 120_000;

interface NoDataProps {
  readonly query: PanelQuery;
  readonly height: number;
  /** The panel's, which may say when it is empty. */
  readonly description: string | undefined;
}

export function NoData({ query, height, description = '' }: NoDataProps) {
  const api = useApi();
  const { timeRange } = useTimeRange();
  const text = query.data?.metadata?.executedQueryString;
  const range = query.data?.timeRange;
  const { data, dataUpdatedAt } = useQuery({
    // The range as chosen, not as it moves.
    queryKey: ['absence', text, timeRange],
    queryFn: ({ signal }) => api.absence({ query: text ?? '', start: range?.start ?? new Date(0), end: range?.end ?? new Date() }, signal),
    enabled: text !== undefined && range !== undefined,
    staleTime: keepFor,
    retry: false,
  });
  const declared = descriptionPoints(description).find(({ term }) => term === 'Empty when')?.text;
  const { title, body } = useExplanation(data, dataUpdatedAt, declared);

  return (
    <div className={`${styles['state'] ?? ''} ${styles['centred'] ?? ''}`} data-testid="panel-no-data" data-reason={data?.reason}>
      {height < low ? (
        <>
          <strong>No data</strong>
          <Popover headerContent={title} bodyContent={body}>
            <Button variant="link" isInline>
              Why?
            </Button>
          </Popover>
        </>
      ) : (
        <>
          <strong>{title}</strong>
          {body}
        </>
      )}
    </div>
  );
}

/**
 * @param asOf when the reason was found out, in milliseconds since the epoch
 * @param declared when the panel is empty, as its author says
 */
function useExplanation(absence: Absence | undefined, asOf: number, declared: string | undefined): { readonly title: string; readonly body: ReactNode } {
  const { timeRange, setTimeRange, absoluteTimeRange } = useTimeRange();
  switch (absence?.reason) {
    case 'no-access':
      return { title: `No data: you have no access to ${absence.projects.join(', ')}`, body: <Explanation code="ERR_ACCESS_002">{errorCatalogue.ERR_ACCESS_002.remedy}</Explanation> };
    case 'another-time': {
      const { last, within } = absence;
      const jump = (): void => setTimeRange(last === undefined ? { pastDuration: within } : rangeAround(last, absoluteTimeRange, Date.now()));
      return {
        title: 'No data in this time range',
        body: (
          <Explanation
            code="ERR_DATA_003"
            action={
              <Button variant="secondary" size="sm" onClick={jump} data-testid="no-data-jump">
                {last === undefined ? 'Show the last 30 days' : 'Show that time'}
              </Button>
            }
          >
            {last === undefined ? 'Nothing ran in it. There was data within the last 30 days.' : `Nothing ran in it. The last data is from ${agoText(asOf - last)}.`}
          </Explanation>
        ),
      };
    }
    case 'nothing-chosen':
      return {
        title: 'No data for what is chosen',
        body: (
          <Explanation code="ERR_DATA_003">
            {declared === undefined ? 'Your projects have such metrics, but not for what is chosen above the panels.' : `This panel is empty when ${declared} Otherwise, what is chosen above the panels has no such metrics.`} Choose another workload, or all.
          </Explanation>
        ),
      };
    case 'not-emitted':
      return {
        title: 'No data: nothing sends these metrics',
        body: (
          <Explanation code="ERR_DATA_003">
            No project that you see has sent <code>{absence.metrics.join(', ')}</code> in the last 30 days.
            {absence.exporters.length > 0 && ` They come from: ${absence.exporters.join(', ')}.`} Ask an administrator whether it is set up for your project.
          </Explanation>
        ),
      };
    case 'no-match':
      return { title: 'No data: nothing to report', body: <Explanation code="ERR_DATA_003">{declared === undefined ? 'The metrics are there; nothing in this time range is what this panel looks for.' : `This panel is empty when ${declared}`}</Explanation> };
    case undefined:
      return { title: 'No data in this time range', body: <Explanation code="ERR_DATA_003">{'pastDuration' in timeRange ? errorCatalogue.ERR_DATA_003.remedy : 'Choose another time range.'}</Explanation> };
  }
}

function Explanation({ code, action, children }: { readonly code: ErrorCode; readonly action?: ReactNode; readonly children: ReactNode }) {
  const { Link } = useHost();
  return (
    <>
      <Content component="p">{children}</Content>
      <div>
        {action} <Link href={helpPath(code)}>What this means</Link>
      </div>
    </>
  );
}
