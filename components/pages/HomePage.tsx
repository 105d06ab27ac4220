/** Where everything begins: leads to the person's home dashboard, in place; shows the list to whom has none, or none any more. */
import { useEffect, useState } from 'react';
import { dashboardKey, dashboardPath } from '../../lib/contracts/links';
import { useDashboards, useMe } from '../api/ApiProvider';
import { useHost } from '../host/HostProvider';
import { useHome } from '../preferences/use-home';
import { usePreferencesKnown } from '../preferences/use-preference';
import { ViewerSkeleton } from '../viewer/ViewerSkeleton';
import { ListPage } from './ListPage';

export function HomePage() {
  const { navigate } = useHost();
  const me = useMe();
  const dashboards = useDashboards();
  const isReady = usePreferencesKnown() && me.data !== undefined && dashboards.data !== undefined;
  const { home } = useHome();
  const found = dashboards.data?.find(({ metadata }) => dashboardKey(metadata) === home)?.metadata;
  const target = found === undefined ? undefined : dashboardPath(found.project, found.name);
  // Decided once: who chooses a home in the list below stays in the list.
  const [decided, decide] = useState<{ readonly target: string | undefined }>();

  if (isReady && decided === undefined) {
    decide({ target });
  }
  const leadsTo = decided?.target;
  useEffect(() => {
    if (leadsTo !== undefined) {
      navigate(leadsTo, { replace: true });
    }
  }, [leadsTo, navigate]);

  return leadsTo === undefined ? <ListPage /> : <ViewerSkeleton />;
}
