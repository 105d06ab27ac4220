/** The shape of a dashboard while it loads: a row of figures, then charts, where the panels will be. */
import { Bullseye, Card, CardBody, CardHeader, Grid, GridItem, Skeleton } from '@patternfly/react-core';
import { LoadingStatus } from '../feedback/LoadingStatus';
import { texts } from '../texts';
import { ViewerSection, type ViewerChrome } from './ViewerSection';

const figures = ['a', 'b', 'c', 'd'];
const charts = ['e', 'f'];

export function ViewerSkeleton({ chrome = 'full' }: { readonly chrome?: ViewerChrome }) {
  return (
    <ViewerSection chrome={chrome} isFilled>
      <LoadingStatus text={texts.viewer.loading} />
      <Grid hasGutter aria-busy="true" data-testid="viewer-loading">
        <GridItem span={12}>
          <Skeleton fontSize="2xl" width="240px" />
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
    </ViewerSection>
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
