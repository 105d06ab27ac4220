/** Leads from a short address to the dashboard that it stands for, in place: going back skips the short address. */
import { useEffect } from 'react';
import { PageSection } from '@patternfly/react-core';
import { dashboardPath } from '../../lib/contracts/links';
import { resolveShortcut, type Shortcut } from '../../lib/contracts/shortcuts';
import { useMe } from '../api/ApiProvider';
import { ErrorState } from '../feedback/ErrorState';
import { useHost } from '../host/HostProvider';
import { ViewerSkeleton } from '../viewer/ViewerSkeleton';

export function ShortcutPage({ shortcut }: { readonly shortcut: Shortcut }) {
  const { location, navigate } = useHost();
  const me = useMe();
  const { dashboard, search } = resolveShortcut(shortcut, location.search);
  const target = me.data === undefined ? undefined : dashboardPath(me.data.platformProject, dashboard) + search;

  useEffect(() => {
    if (target !== undefined) {
      navigate(target, { replace: true });
    }
  }, [target, navigate]);

  if (target === undefined && me.error !== null) {
    return (
      <PageSection isFilled>
        <ErrorState error={me.error} headingLevel="h1" onRetry={() => void me.refetch()} />
      </PageSection>
    );
  }
  return <ViewerSkeleton />;
}
