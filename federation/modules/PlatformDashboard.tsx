/** A built-in dashboard as a tab of a host's page, about the project of that page where it is about one. */
import { useMe } from '../../components/api/ApiProvider';
import { ErrorState } from '../../components/feedback/ErrorState';
import { DashboardViewer } from '../../components/viewer/DashboardViewer';
import { ViewerSkeleton } from '../../components/viewer/ViewerSkeleton';

interface PlatformDashboardProps {
  readonly dashboard: string;
  readonly namespace: string | undefined;
}

export function PlatformDashboard({ dashboard, namespace }: PlatformDashboardProps) {
  const me = useMe();
  if (me.data === undefined) {
    return me.error === null ? <ViewerSkeleton chrome="compact" /> : <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
  }
  // The built-in dashboards are in the platform's project, whose name the administrator chooses.
  return <DashboardViewer project={me.data.platformProject} dashboard={dashboard} chrome="compact" {...(namespace === undefined ? {} : { variables: { namespace } })} />;
}
