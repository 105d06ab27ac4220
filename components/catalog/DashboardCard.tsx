/** A dashboard in the list: what it is called, what it answers, for whom it is made, what it is about, when it was changed. */
import { Button, Card, CardBody, CardFooter, CardTitle, Content, Label, LabelGroup } from '@patternfly/react-core';
import OutlinedStarIcon from '@patternfly/react-icons/dist/esm/icons/outlined-star-icon';
import StarIcon from '@patternfly/react-icons/dist/esm/icons/star-icon';
import { dashboardKey, dashboardPath } from '../../lib/contracts/links';
import { useHost } from '../host/HostProvider';
import { HomeButton } from '../preferences/HomeButton';
import { texts } from '../texts';
import type { CatalogEntry } from './catalog';
import styles from './catalog.module.css';

export interface DashboardCardProps {
  readonly entry: CatalogEntry;
  readonly isFavourite: boolean;
  readonly onFavourite: (isFavourite: boolean) => void;
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

export function DashboardCard({ entry, isFavourite, onFavourite }: DashboardCardProps) {
  const { Link } = useHost();
  return (
    <Card isFullHeight component="li" className={styles.card ?? ''} data-testid="dashboard-card" data-dashboard={entry.name}>
      <CardTitle component="h3">
        <Link href={dashboardPath(entry.project, entry.name)} className={styles.link}>
          {entry.title}
        </Link>
        <HomeButton dashboard={dashboardKey(entry)} title={entry.title} isCompact className={styles['home']} />
        <Button
          variant="plain"
          size="sm"
          className={styles.star ?? ''}
          icon={isFavourite ? <StarIcon /> : <OutlinedStarIcon />}
          aria-label={texts.catalog.favourite(entry.title)}
          aria-pressed={isFavourite}
          onClick={() => onFavourite(!isFavourite)}
          data-testid="favourite"
        />
      </CardTitle>
      <CardBody>{entry.description}</CardBody>
      <CardFooter className={styles['about'] ?? ''}>
        <Labels name={texts.catalog.madeFor} texts={entry.audiences} variant="outline" />
        <Labels name={texts.catalog.tags} texts={entry.tags} variant="filled" />
        {entry.changed !== undefined && (
          <Content component="small" data-testid="changed">
            <time dateTime={entry.changed.toISOString()}>{texts.catalog.changed(day.format(entry.changed))}</time>
          </Content>
        )}
      </CardFooter>
    </Card>
  );
}

function Labels({ name, texts, variant }: { readonly name: string; readonly texts: readonly string[]; readonly variant: 'outline' | 'filled' }) {
  return texts.length === 0 ? null : (
    <LabelGroup aria-label={name}>
      {texts.map((text) => (
        <Label key={text} isCompact variant={variant}>
          {text}
        </Label>
      ))}
    </LabelGroup>
  );
}
