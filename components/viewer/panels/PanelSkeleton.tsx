/** The shape of a panel while its data is on the way; after a while, what it waits for and a way to stop it. */
import { useEffect, useState } from 'react';
import { Button, Skeleton } from '@patternfly/react-core';
import { texts } from '../../texts';
import styles from './panels.module.css';

/** What takes longer is explained. In milliseconds. */
const slowAfter = 3000;

export interface PanelSkeletonProps {
  readonly title: string;
  /** Kind of the panel, whose shape is shown. */
  readonly kind: string;
  /** Whether its queries were sent. */
  readonly isWaiting?: boolean;
  readonly onCancel?: (() => void) | undefined;
}

export function PanelSkeleton({ title, kind, isWaiting = false, onCancel }: PanelSkeletonProps) {
  return (
    <div className={styles['skeleton']} data-testid="panel-loading">
      <div className={styles['shape']} role="progressbar" aria-label={texts.panels.loading(title)}>
        {kind === 'StatChart' ? (
          <Skeleton width="50%" fontSize="3xl" />
        ) : kind.includes('Table') ? (
          ['a', 'b', 'c', 'd'].map((key) => <Skeleton key={key} className={styles['line'] ?? ''} />)
        ) : kind === 'PieChart' || kind === 'GaugeChart' ? (
          <Skeleton shape="circle" height="80%" width="auto" className={styles['round'] ?? ''} />
        ) : (
          <Skeleton height="100%" />
        )}
      </div>
      {isWaiting && <Slow onCancel={onCancel} />}
    </div>
  );
}

function Slow({ onCancel }: Pick<PanelSkeletonProps, 'onCancel'>) {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), slowAfter);
    return () => clearTimeout(timer);
  }, []);
  return (
    isSlow && (
      <div className={styles['slow']} data-testid="panel-slow">
        {texts.panels.slow.text}{' '}
        {onCancel !== undefined && (
          <Button variant="link" isInline onClick={onCancel}>
            {texts.panels.slow.stop}
          </Button>
        )}
      </div>
    )
  );
}
