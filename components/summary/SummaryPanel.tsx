/**
 * A project at a glance, for the project's page: what runs, how it is doing, and where to look closer. One call fills it.
 */
import type { ReactNode } from 'react';
import {
  Alert,
  AlertActionLink,
  Card,
  CardBody,
  CardFooter,
  CardTitle,
  Flex,
  FlexItem,
  Stack,
  StackItem,
  Timestamp,
  TimestampFormat,
  Title,
} from '@patternfly/react-core';
import { shortcutPath } from '../../lib/contracts/links';
import type { Summary } from '../../lib/contracts/summary';
import { ErrorState } from '../feedback/ErrorState';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';
import { describeAge, projectFigures } from './figure-text';
import { FigureView } from './FigureView';
import { ModelsCard } from './ModelsCard';
import { SummarySkeleton } from './SummarySkeleton';
import styles from './summary.module.css';
import { isFinal, useSummary } from './use-summary';

export function SummaryPanel({ namespace }: { readonly namespace: string }) {
  const { data, error, errorUpdatedAt, refetch } = useSummary(namespace);
  const retry = () => void refetch();

  return (
    <section aria-label={texts.summary.label(namespace)} className={styles.summary} data-testid="summary-panel" data-namespace={namespace}>
      <Stack hasGutter>
        <StackItem>
          <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
            <FlexItem>
              <Title headingLevel="h2">{texts.summary.title}</Title>
            </FlexItem>
            {data !== undefined && (
              <FlexItem>
                <Timestamp date={new Date(data.time)} timeFormat={TimestampFormat.medium}>
                  {texts.summary.measuredAt(new Date(data.time).toLocaleTimeString())}
                </Timestamp>
              </FlexItem>
            )}
          </Flex>
        </StackItem>
        {body()}
      </Stack>
    </section>
  );

  function body(): ReactNode {
    if (data === undefined) {
      return <StackItem>{error === null ? <SummarySkeleton namespace={namespace} /> : <ErrorState error={error} onRetry={isFinal(error) ? undefined : retry} />}</StackItem>;
    }
    return (
      <>
        {error !== null && (
          <StackItem>
            <Alert
              isInline
              variant="warning"
              component="h3"
              role="alert"
              title={texts.summary.stale.title(describeAge(data.time, errorUpdatedAt))}
              actionLinks={<AlertActionLink onClick={retry}>{texts.common.tryAgain}</AlertActionLink>}
              data-testid="summary-stale"
            >
              {texts.summary.stale.text}
            </Alert>
          </StackItem>
        )}
        <StackItem>
          <Figures summary={data} />
        </StackItem>
        <StackItem>
          <ModelsCard namespace={data.namespace} models={data.models} range={data.range} />
        </StackItem>
      </>
    );
  }
}

function Figures({ summary }: { readonly summary: Summary }) {
  const { Link } = useHost();
  return (
    <div className={styles.figures}>
      {projectFigures.map(({ name, unit, shortcut }) => (
        <Card key={name} isFullHeight data-testid={`figure-${name}`}>
          <CardTitle component="h3">{texts.summary.figures[name].title}</CardTitle>
          <CardBody>
            <FigureView figure={summary[name]} unit={unit} range={summary.range} />
          </CardBody>
          <CardFooter>
            <Link href={shortcutPath(shortcut, { namespace: summary.namespace })}>{texts.summary.figures[name].link}</Link>
          </CardFooter>
        </Card>
      ))}
    </div>
  );
}
