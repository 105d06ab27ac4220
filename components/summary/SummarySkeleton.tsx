/** The shape of a project's summary while it loads. */
import { Card, CardBody, CardTitle, Skeleton } from '@patternfly/react-core';
import { LoadingStatus } from '../feedback/LoadingStatus';
import { texts } from '../texts';
import { projectFigures } from './figure-text';
import styles from './summary.module.css';

export function SummarySkeleton({ namespace }: { readonly namespace: string }) {
  return (
    <>
      <LoadingStatus text={texts.summary.loading(namespace)} />
      <div className={styles.figures} aria-busy="true" data-testid="summary-loading">
        {projectFigures.map(({ name }) => (
          <Card key={name}>
            <CardTitle component="h3">{texts.summary.figures[name].title}</CardTitle>
            <CardBody>
              <Skeleton fontSize="2xl" width="40%" />
              <Skeleton width="80%" />
            </CardBody>
          </Card>
        ))}
      </div>
    </>
  );
}
