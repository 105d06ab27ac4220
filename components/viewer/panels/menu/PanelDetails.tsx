/** For those who ask: the queries of a panel as they were sent, how long they took, and the panel's link. */
import { ClipboardCopy, CodeBlock, CodeBlockCode, Content, DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm, Modal, ModalBody, ModalHeader, Stack, StackItem } from '@patternfly/react-core';
import type { PanelQuery } from '../use-panel-queries';

export interface PanelDetailsProps {
  readonly title: string;
  readonly queries: readonly PanelQuery[];
  readonly address: string;
  readonly onClose: () => void;
}

export default function PanelDetails({ title, queries, address, onClose }: PanelDetailsProps) {
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="panel-details-title" data-testid="panel-details">
      <ModalHeader title={`Queries of ${title}`} labelId="panel-details-title" />
      <ModalBody tabIndex={0} aria-label="Queries and timing">
        <Stack hasGutter>
          {queries.length === 0 && <Content component="p">This panel asks nothing of the metrics backend.</Content>}
          {queries.map((query, index) => (
            // Queries have no name, and never change their places.
            <StackItem key={index}>
              <CodeBlock>
                <CodeBlockCode>{query.data?.metadata?.executedQueryString ?? 'Not answered yet'}</CodeBlockCode>
              </CodeBlock>
              <DescriptionList isHorizontal isCompact aria-label={`Timing of query ${index + 1}`}>
                {factsOf(query).map(([term, text]) => (
                  <DescriptionListGroup key={term}>
                    <DescriptionListTerm>{term}</DescriptionListTerm>
                    <DescriptionListDescription>{text}</DescriptionListDescription>
                  </DescriptionListGroup>
                ))}
              </DescriptionList>
            </StackItem>
          ))}
          <StackItem>
            <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied" textAriaLabel="Link to this panel">
              {new URL(address, window.location.origin).href}
            </ClipboardCopy>
          </StackItem>
        </Stack>
      </ModalBody>
    </Modal>
  );
}

function factsOf({ data, duration, updatedAt, error }: PanelQuery): [string, string][] {
  const points = data?.series.reduce((sum, { values }) => sum + values.length, 0) ?? 0;
  return [
    ...(duration === undefined ? [] : [['Answered in', `${Math.round(duration).toLocaleString()} ms`] satisfies [string, string]]),
    ...(updatedAt === 0 ? [] : [['Answered at', new Date(updatedAt).toLocaleTimeString()] satisfies [string, string]]),
    ...(data === undefined ? [] : [['Series', `${data.series.length.toLocaleString()} with ${points.toLocaleString()} values`] satisfies [string, string]]),
    ...(data?.stepMs === undefined ? [] : [['Step', `${data.stepMs / 1000} s`] satisfies [string, string]]),
    ...(error instanceof Error ? [['Last error', error.message] satisfies [string, string]] : []),
  ];
}
