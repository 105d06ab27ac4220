/** The shape of the list while it loads. */
import { Card, CardBody, CardTitle, Gallery, Skeleton } from '@patternfly/react-core';
import { LoadingStatus } from '../feedback/LoadingStatus';
import { texts } from '../texts';

const cards = ['a', 'b', 'c'];
const cardWidths = { default: '280px' };

export function CatalogSkeleton() {
  return (
    <>
      <LoadingStatus text={texts.catalog.loading} />
      <Gallery hasGutter minWidths={cardWidths} aria-busy="true" data-testid="catalog-loading">
        {cards.map((key) => (
          <Card key={key}>
            <CardTitle>
              <Skeleton width="60%" />
            </CardTitle>
            <CardBody>
              <Skeleton />
              <Skeleton width="80%" />
            </CardBody>
          </Card>
        ))}
      </Gallery>
    </>
  );
}
