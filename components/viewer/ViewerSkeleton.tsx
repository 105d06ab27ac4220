/** The shape of a dashboard while it loads: a row of figures, then charts, where the panels will be. */
import { Bullseye, Card, CardBody, CardHeader, Grid, GridItem, PageSection, Skeleton } from '@patternfly/react-core';

const figures = ['a', 'b', 'c', 'd'];
const charts = ['e', 'f'];

export function ViewerSkeleton() {
  return (
    <PageSection isFilled aria-busy="true" data-testid="viewer-loading">
      <Grid hasGutter>
        <GridItem span={12}>
          <Skeleton fontSize="2xl" width="240px" screenreaderText="Loading the dashboard" />
        </GridItem>
        <GridItem span={12}>
          <Skeleton height="56px" width="60%" />
        </GridItem>
        {figures.map((key) => (
          <GridItem key={key} span={6} lg={3}>
            <SkeletonCard height="80px" />
          </GridItem>
        ))}
        {charts.map((key) => (
          <GridItem key={key} span={12} lg={6}>
            <SkeletonCard height="280px" />
          </GridItem>
        ))}
      </Grid>
    </PageSection>
  );
}

function SkeletonCard({ height }: { readonly height: string }) {
  return (
    <Card>
      <CardHeader>
        <Skeleton width="40%" />
      </CardHeader>
      <CardBody>
        <Bullseye>
          <Skeleton height={height} width="100%" />
        </Bullseye>
      </CardBody>
    </Card>
  );
}
