/** For those who ask: the queries of a panel as they were sent, how long they took, and the panel's link. */
import { ClipboardCopy, CodeBlock, CodeBlockCode, Content, DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm, Modal, ModalBody, ModalHeader, Stack, StackItem } from '@patternfly/react-core';
import { texts } from '../../../texts';
import { useTimeZone } from '@perses-dev/components';
import type { PanelQuery } from '../use-panel-queries';

export interface PanelDetailsProps {
  readonly title: string;
  readonly queries: readonly PanelQuery[];
  readonly address: string;
  readonly onClose: () => void;
}

export default function PanelDetails({ title, queries, address, onClose }: PanelDetailsProps) {
  const { timeZone } = useTimeZone();
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="panel-details-title" data-testid="panel-details">
      <ModalHeader title={texts.panels.queries.title(title)} labelId="panel-details-title" />
      <ModalBody tabIndex={0} aria-label={texts.panels.menu.details}>
        <Stack hasGutter>
          {queries.length === 0 && <Content component="p">{texts.panels.queries.none}</Content>}
          {queries.map((query, index) => (
            // Queries have no name, and never change their places.
            <StackItem key={index}>
              <CodeBlock>
                <CodeBlockCode>{query.data?.metadata?.executedQueryString ?? texts.panels.queries.notAnswered}</CodeBlockCode>
              </CodeBlock>
              <DescriptionList isHorizontal isCompact aria-label={texts.panels.queries.timing(index + 1)}>
                {factsOf(query, timeZone).map(([term, text]) => (
                  <DescriptionListGroup key={term}>
                    <DescriptionListTerm>{term}</DescriptionListTerm>
                    <DescriptionListDescription>{text}</DescriptionListDescription>
                  </DescriptionListGroup>
                ))}
              </DescriptionList>
            </StackItem>
          ))}
          <StackItem>
            <ClipboardCopy isReadOnly hoverTip={texts.panels.queries.copy} clickTip={texts.panels.queries.copied} textAriaLabel={texts.panels.queries.link}>
              {new URL(address, window.location.origin).href}
            </ClipboardCopy>
          </StackItem>
        </Stack>
      </ModalBody>
    </Modal>
  );
}

/** @param timeZone name of the time zone */
function factsOf({ data, duration, updatedAt, error }: PanelQuery, timeZone: string): [string, string][] {
  const { queries: words } = texts.panels;
  const points = data?.series.reduce((sum, { values }) => sum + values.length, 0) ?? 0;
  return [
    ...(duration === undefined ? [] : [[words.answeredIn, words.milliseconds(Math.round(duration).toLocaleString())] satisfies [string, string]]),
    ...(updatedAt === 0 ? [] : [[words.answeredAt, new Date(updatedAt).toLocaleTimeString(undefined, { timeZone })] satisfies [string, string]]),
    ...(data === undefined ? [] : [[words.series, words.seriesAndValues(data.series.length.toLocaleString(), points.toLocaleString())] satisfies [string, string]]),
    ...(data?.stepMs === undefined ? [] : [[words.step, words.seconds((data.stepMs / 1000).toLocaleString())] satisfies [string, string]]),
    ...(error instanceof Error ? [[words.lastError, error.message] satisfies [string, string]] : []),
  ];
}
