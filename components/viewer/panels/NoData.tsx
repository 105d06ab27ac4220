/** A panel whose queries were answered with nothing: why, as the server found out, and what to do about it. */
import type { ReactNode } from 'react';
import { Button, Content, Popover } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTimeRange } from '@perses-dev/plugin-system';
import type { Absence } from '../../../lib/contracts/absence';
import { errorCatalogue, helpPath, type ErrorCode } from '../../../lib/contracts/errors';
import { z } from '../../../lib/contracts/zod';
import { useApi } from '../../api/ApiProvider';
import { useHost } from '../../host/HostProvider';
import { texts } from '../../texts';
import { agoText } from './age';
import { descriptionPoints, emptyTerm } from './description';
import { rangeAround } from './range-around';
import type { PanelQuery } from './use-panel-queries';
import styles from './panels.module.css';

/** A panel that is lower than this, in pixels, shows the reason when asked. */
const low = 160;

/** The reason does not change from one refresh to the next. In milliseconds. */
const keepFor = 120_000;

/** Of the options of a query, the datasource that it names; most leave it to the default. */
const namedSchema = z.looseObject({ datasource: z.looseObject({ name: z.string() }) });

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
  const datasource = namedSchema.safeParse(query.definition.spec.plugin.spec).data?.datasource.name;
  const { data, dataUpdatedAt } = useQuery({
    // The range as chosen, not as it moves.
    queryKey: ['absence', text, datasource, timeRange],
    queryFn: ({ signal }) => api.absence({ query: text ?? '', datasource, start: range?.start ?? new Date(0), end: range?.end ?? new Date() }, signal),
    enabled: text !== undefined && range !== undefined,
    staleTime: keepFor,
    retry: false,
  });
  const declared = descriptionPoints(description).find(({ term }) => term === emptyTerm)?.text;
  const { title, body } = useExplanation(data, dataUpdatedAt, declared);

  return (
    <div className={`${styles['state'] ?? ''} ${styles['centred'] ?? ''}`} data-testid="panel-no-data" data-reason={data?.reason}>
      {height < low ? (
        <>
          <strong>{texts.panels.noData.short}</strong>
          <Popover headerContent={title} bodyContent={body}>
            <Button variant="link" isInline>
              {texts.panels.noData.why}
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
      return { title: texts.panels.noData.noAccess(absence.projects), body: <Explanation code="ERR_ACCESS_002">{errorCatalogue.ERR_ACCESS_002.remedy}</Explanation> };
    case 'another-time': {
      const { last, within } = absence;
      const jump = (): void => setTimeRange(last === undefined ? { pastDuration: within } : rangeAround(last, absoluteTimeRange, Date.now()));
      return {
        title: texts.panels.noData.thisRange,
        body: (
          <Explanation
            code="ERR_DATA_003"
            action={
              <Button variant="secondary" size="sm" onClick={jump} data-testid="no-data-jump">
                {last === undefined ? texts.panels.noData.showLastDays : texts.panels.noData.showThatTime}
              </Button>
            }
          >
            {last === undefined ? texts.panels.noData.lastDays : texts.panels.noData.lastData(agoText(asOf - last))}
          </Explanation>
        ),
      };
    }
    case 'nothing-chosen':
      return {
        title: texts.panels.noData.nothingChosen.title,
        body: (
          <Explanation code="ERR_DATA_003">
            {declared === undefined ? texts.panels.noData.nothingChosen.text : `${texts.panels.noData.emptyWhen(declared)} ${texts.panels.noData.nothingChosen.otherwise}`} {texts.panels.noData.nothingChosen.next}
          </Explanation>
        ),
      };
    case 'not-emitted':
      return {
        title: texts.panels.noData.notEmitted.title,
        body: (
          <Explanation code="ERR_DATA_003">
            {texts.panels.noData.notEmitted.text(<code key="metrics">{absence.metrics.join(', ')}</code>)} {absence.exporters.length > 0 && texts.panels.noData.notEmitted.exporters(absence.exporters)}{' '}
            {texts.panels.noData.notEmitted.next}
          </Explanation>
        ),
      };
    case 'no-match':
      return { title: texts.panels.noData.noMatch.title, body: <Explanation code="ERR_DATA_003">{declared === undefined ? texts.panels.noData.noMatch.text : texts.panels.noData.emptyWhen(declared)}</Explanation> };
    case undefined:
      return { title: texts.panels.noData.thisRange, body: <Explanation code="ERR_DATA_003">{'pastDuration' in timeRange ? errorCatalogue.ERR_DATA_003.remedy : texts.panels.noData.chooseAnother}</Explanation> };
  }
}

function Explanation({ code, action, children }: { readonly code: ErrorCode; readonly action?: ReactNode; readonly children: ReactNode }) {
  const { Link } = useHost();
  return (
    <>
      <Content component="p">{children}</Content>
      <div>
        {action} <Link href={helpPath(code)}>{texts.panels.noData.means}</Link>
      </div>
    </>
  );
}
