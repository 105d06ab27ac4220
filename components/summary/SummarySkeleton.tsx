/** The shape of a project's summary while it loads. */
import { Card, CardBody, CardTitle, Grid, GridItem, Skeleton } from '@patternfly/react-core';
import { texts } from '../texts';
import { projectFigures } from './figure-text';

export function SummarySkeleton() {
  return (
    <Grid hasGutter sm={6} xl={3} aria-busy="true" data-testid="summary-loading">
      {projectFigures.map(({ name }) => (
        <GridItem key={name}>
          <Card>
            <CardTitle component="h3">{texts.summary.figures[name].title}</CardTitle>
            <CardBody>
              <Skeleton fontSize="2xl" width="40%" screenreaderText={texts.summary.loading(texts.summary.figures[name].title)} />
              <Skeleton width="80%" />
            </CardBody>
          </Card>
        </GridItem>
      ))}
    </Grid>
  );
}
