/** A page of the host around components of modules, side by side, as the configuration says. */
import { lazy, Suspense, useMemo, type ComponentType } from 'react';
import { loadRemote } from '@module-federation/runtime';
import { Grid, GridItem, PageSection, Title } from '@patternfly/react-core';
import { HostBoundary } from '../CodeRef';
import type { HostDocument } from '../document';

type Part = HostDocument['pages'][number]['parts'][number];

export function ModulePage({ title, parts }: HostDocument['pages'][number]) {
  return (
    <PageSection>
      <Title headingLevel="h1">{title}</Title>
      <Grid hasGutter md={4}>
        {parts.map((part) => (
          <GridItem key={part.id} data-testid={part.id}>
            <ModulePart {...part} />
          </GridItem>
        ))}
      </Grid>
    </PageSection>
  );
}

function ModulePart({ module, props }: Part) {
  const Content = useMemo(
    () =>
      lazy(async () => {
        const loaded = await loadRemote<{ default: ComponentType<Part['props']> }>(module);
        if (loaded === null) throw new Error(`${module} is not there`);
        return loaded;
      }),
    [module],
  );
  return (
    <HostBoundary>
      <Suspense>
        <Content {...props} />
      </Suspense>
    </HostBoundary>
  );
}
