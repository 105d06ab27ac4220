/** Refreshes when a hidden page is looked at again, if it refreshes at all. Shows nothing. */
import { useEffect, useRef } from 'react';
import { useTimeRange } from '@perses-dev/plugin-system';

export function RefreshWhenBack({ isVisible, refreshes }: { readonly isVisible: boolean; readonly refreshes: boolean }) {
  const { refresh } = useTimeRange();
  const was = useRef(isVisible);
  useEffect(() => {
    if (isVisible && !was.current && refreshes) {
      refresh();
    }
    was.current = isVisible;
  }, [isVisible, refreshes, refresh]);
  return null;
}
