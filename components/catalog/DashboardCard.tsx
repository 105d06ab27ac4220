/** A dashboard in the list: what it is called, what it answers, for whom it is made. */
import { Card, CardBody, CardFooter, CardTitle, Label, LabelGroup } from '@patternfly/react-core';
import { dashboardPath } from '../../lib/contracts/links';
import { useHost } from '../host/HostProvider';
import type { CatalogEntry } from './catalog';
import styles from './catalog.module.css';

export function DashboardCard({ entry }: { readonly entry: CatalogEntry }) {
  const { Link } = useHost();
  return (
    <Card isFullHeight component="li" className={styles.card ?? ''} data-testid="dashboard-card" data-dashboard={entry.name}>
      <CardTitle component="h3">
        <Link href={dashboardPath(entry.project, entry.name)} className={styles.link}>
          {entry.title}
        </Link>
      </CardTitle>
      <CardBody>{entry.description}</CardBody>
      {entry.audiences.length > 0 && (
        <CardFooter>
          <LabelGroup aria-label="Made for">
            {entry.audiences.map((audience) => (
              <Label key={audience} isCompact variant="outline">
                {audience}
              </Label>
            ))}
          </LabelGroup>
        </CardFooter>
      )}
    </Card>
  );
}
