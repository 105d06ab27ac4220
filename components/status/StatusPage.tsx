/** Whether what is behind the app works: for administrators each finding with what to do, for others what it means for them. */
import { useEffect } from 'react';
import { Alert, Button, Content, DataList, DataListCell, DataListItem, DataListItemCells, DataListItemRow, Flex, FlexItem, Label, PageSection, Skeleton, Stack, StackItem, Title, type LabelProps } from '@patternfly/react-core';
import QuestionCircleIcon from '@patternfly/react-icons/dist/esm/icons/question-circle-icon';
import MinusCircleIcon from '@patternfly/react-icons/dist/esm/icons/minus-circle-icon';
import type { Finding, PlatformStatus } from '../../lib/contracts/status';
import { usePlatformStatus } from '../api/ApiProvider';
import { ErrorState } from '../feedback/ErrorState';
import { LoadingStatus } from '../feedback/LoadingStatus';
import { useHost } from '../host/HostProvider';
import { DashboardsTrail } from '../links/DashboardsTrail';
import { texts } from '../texts';

const { title } = texts.status;

export function StatusPage() {
  const { setTitle } = useHost();
  const { data, error, isFetching, refetch } = usePlatformStatus();
  useEffect(() => setTitle(title), [setTitle]);
  return (
    <>
      <DashboardsTrail current={title} />
      <PageSection>
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
          <FlexItem>
            <Title headingLevel="h1">{title}</Title>
            <Content component="p">{texts.status.text}</Content>
          </FlexItem>
          {data !== undefined && (
            <FlexItem>
              <Button variant="secondary" isLoading={isFetching} isAriaDisabled={isFetching} onClick={() => void refetch()} data-testid="status-again">
                {texts.status.again}
              </Button>
            </FlexItem>
          )}
        </Flex>
      </PageSection>
      <PageSection isFilled>
        {data !== undefined ? (
          <Status status={data} />
        ) : error !== null ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <>
            <LoadingStatus text={texts.status.loading} />
            <Skeleton height="12rem" />
          </>
        )}
      </PageSection>
    </>
  );
}

const variants = { working: 'success', partial: 'info', impaired: 'warning' } as const;

function Status({ status: { state, sentence, checked, findings } }: { readonly status: PlatformStatus }) {
  return (
    <Stack hasGutter>
      <StackItem>
        <Alert isInline isLiveRegion variant={variants[state]} component="h2" title={texts.status.states[state]} data-testid="platform-status" data-state={state}>
          <p>{sentence}</p>
          <p>
            {texts.status.lookedAt(new Date(checked).toLocaleTimeString())} {findings === undefined && state !== 'working' && texts.status.forAdministrators}
          </p>
        </Alert>
      </StackItem>
      {findings !== undefined && (
        <StackItem>
          <DataList aria-label={texts.status.findings} isCompact data-testid="findings">
            {findings.map((finding) => (
              <FindingRow key={finding.subject} finding={finding} />
            ))}
          </DataList>
        </StackItem>
      )}
    </Stack>
  );
}

/** Each with an icon of its own, which PatternFly adds for a status. */
const labels: Readonly<Record<Finding['state'], LabelProps>> = {
  ok: { status: 'success' },
  problem: { status: 'danger' },
  missing: { color: 'grey', icon: <MinusCircleIcon /> },
  unknown: { color: 'grey', icon: <QuestionCircleIcon /> },
};

function FindingRow({ finding: { subject, state, found, next } }: { readonly finding: Finding }) {
  const id = `finding-${subject.replaceAll(/\W+/g, '-')}`;
  return (
    <DataListItem aria-labelledby={id} data-testid="finding" data-subject={subject} data-state={state}>
      <DataListItemRow>
        <DataListItemCells
          dataListCells={[
            <DataListCell key="state" isFilled={false} wrapModifier="nowrap" width={1}>
              <Label variant="outline" {...labels[state]}>
                {texts.status.finding[state]}
              </Label>
            </DataListCell>,
            <DataListCell key="subject" width={2}>
              <strong id={id}>{subject[0]?.toUpperCase()}{subject.slice(1)}</strong>
            </DataListCell>,
            <DataListCell key="found" width={5}>
              <p>{found}</p>
              {next !== undefined && (
                <p data-testid="finding-next">
                  <strong>{texts.status.next}</strong> {next}
                </p>
              )}
            </DataListCell>,
          ]}
        />
      </DataListItemRow>
    </DataListItem>
  );
}
