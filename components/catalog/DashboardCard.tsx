/** A dashboard in the list: what it is called, what it answers, for whom it is made. */
import { Button, Card, CardBody, CardFooter, CardTitle, Label, LabelGroup } from '@patternfly/react-core';
import OutlinedStarIcon from '@patternfly/react-icons/dist/esm/icons/outlined-star-icon';
import StarIcon from '@patternfly/react-icons/dist/esm/icons/star-icon';
import { dashboardPath } from '../../lib/contracts/links';
import { useHost } from '../host/HostProvider';
import type { CatalogEntry } from './catalog';
import styles from './catalog.module.css';

export interface DashboardCardProps {
  readonly entry: CatalogEntry;
  readonly isFavourite: boolean;
  readonly onFavourite: (isFavourite: boolean) => void;
}

export function DashboardCard({ entry, isFavourite, onFavourite }: DashboardCardProps) {
  const { Link } = useHost();
  return (
    <Card isFullHeight component="li" className={styles.card ?? ''} data-testid="dashboard-card" data-dashboard={entry.name}>
      <CardTitle component="h3">
        <Link href={dashboardPath(entry.project, entry.name)} className={styles.link}>
          {entry.title}
        </Link>
        <Button
          variant="plain"
          size="sm"
          className={styles.star ?? ''}
          icon={isFavourite ? <StarIcon /> : <OutlinedStarIcon />}
          aria-label={`Favourite: ${entry.title}`}
          aria-pressed={isFavourite}
          onClick={() => onFavourite(!isFavourite)}
          data-testid="favourite"
        />
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
