/**
 * All that a screen on a wall shows besides the panels: what it is and of when. Escape leaves, or the button, which is in
 * sight when it has the focus.
 */
import { useEffect, useState } from 'react';
import { Button, Title } from '@patternfly/react-core';
import { texts } from '../texts';
import styles from './viewer.module.css';

export interface KioskBarProps {
  readonly title: string;
  /** The time range, in words. */
  readonly timeRange: string;
  /** Name of the time zone for the clock. */
  readonly zone: string;
  readonly onLeave: () => void;
}

export default function KioskBar({ title, timeRange, zone, onLeave }: KioskBarProps) {
  const now = useNow();
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) {
        onLeave();
      }
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, [onLeave]);
  return (
    <header className={styles['kiosk']} data-testid="kiosk-bar">
      <Title headingLevel="h1" size="lg" data-testid="dashboard-title">
        {title}
      </Title>
      <Button variant="secondary" size="sm" className={styles['leave'] ?? ''} onClick={onLeave} data-testid="kiosk-leave">
        {texts.viewer.kiosk.leave}
      </Button>
      <span>
        {timeRange} · <time dateTime={now.toISOString()}>{now.toLocaleTimeString(undefined, { timeStyle: 'short', timeZone: zone })}</time>
      </span>
    </header>
  );
}

function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 5000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
