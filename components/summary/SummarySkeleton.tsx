/** The shape of a project's summary while it loads. */
import { Card, CardBody, CardTitle, Grid, GridItem, Skeleton } from '@patternfly/react-core';
import { projectFigures } from './figure-text';

export function SummarySkeleton() {
  return (
    <Grid hasGutter sm={6} xl={3} aria-busy="true" data-testid="summary-loading">
      {projectFigures.map(({ name, title }) => (
        <GridItem key={name}>
          <Card>
            <CardTitle component="h3">{title}</CardTitle>
            <CardBody>
              <Skeleton fontSize="2xl" width="40%" screenreaderText={`Loading: ${title}`} />
              <Skeleton width="80%" />
            </CardBody>
          </Card>
        </GridItem>
      ))}
    </Grid>
  );
}
