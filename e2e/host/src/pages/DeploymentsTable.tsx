/** What is deployed. "View metrics" is the line that docs/embedding.md gives to host developers. */
import { lazy, Suspense, type ComponentType } from 'react';
import { loadRemote } from '@module-federation/runtime';
import { List, ListItem } from '@patternfly/react-core';
import { HostBoundary } from '../CodeRef';

interface ViewMetricsLinkProps {
  readonly kind: 'model';
  readonly namespace: string;
  readonly name: string;
}

const ViewMetricsLink = lazy(async () => {
  const links = await loadRemote<{ ViewMetricsLink: ComponentType<ViewMetricsLinkProps> }>('odhObservability/links');
  return { default: links?.ViewMetricsLink ?? Nothing };
});

/** In the place of a link whose module is not there. */
const Nothing: ComponentType<ViewMetricsLinkProps> = () => null;

const models = [
  { namespace: 'fraud-detection', name: 'fraud-scorer' },
  { namespace: 'bert-serving', name: 'bert-v2' },
];

export function DeploymentsTable() {
  return (
    <List isPlain isBordered>
      {models.map(({ namespace, name }) => (
        <ListItem key={name} data-testid={`deployment-${name}`}>
          {name} in {namespace}{' '}
          <HostBoundary>
            <Suspense>
              <ViewMetricsLink kind="model" namespace={namespace} name={name} />
            </Suspense>
          </HostBoundary>
        </ListItem>
      ))}
    </List>
  );
}
