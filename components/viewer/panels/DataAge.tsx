/** How old what a panel shows is, when newer data could not be had. */
import { useEffect, useState } from 'react';
import { Label } from '@patternfly/react-core';
import ClockIcon from '@patternfly/react-icons/dist/esm/icons/clock-icon';
import { texts } from '../../texts';
import { ageText } from './age';

/** @param since when the data was answered, in milliseconds since the epoch */
export function DataAge({ since }: { readonly since: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Label isCompact variant="outline" status="warning" icon={<ClockIcon />} data-testid="data-age">
      {texts.panels.age(ageText(now - since))}
    </Label>
  );
}
