/** A dashboard that is not published, drawn as viewers will see it: by oneself, or as members of some projects do. */
import type { Dashboard } from '../../../lib/contracts/dashboard';
import { useMe } from '../../api/ApiProvider';
import { deferred } from '../../feedback/deferred';
import { ErrorState } from '../../feedback/ErrorState';
import { useViewState } from '../../viewer/use-view-state';
import type { ViewerContentProps } from '../../viewer/ViewerContent';
import { ViewerSkeleton } from '../../viewer/ViewerSkeleton';
import { AsMembers, type AsMembersProps } from './AsMembers';

const ViewerContent = deferred<ViewerContentProps>(() => import('../../viewer/ViewerContent'), () => <ViewerSkeleton chrome="compact" />);

export interface PreviewProps extends Pick<AsMembersProps, 'members'> {
  readonly dashboard: Dashboard;
}

export function Preview({ dashboard, members }: PreviewProps) {
  return (
    <div data-testid="preview" data-members={members?.join(',')}>
      <AsMembers members={members}>
        <Drawn dashboard={dashboard} />
      </AsMembers>
    </div>
  );
}

function Drawn({ dashboard }: Pick<PreviewProps, 'dashboard'>) {
  const me = useMe();
  const view = useViewState({ syncToUrl: false, initial: '' });
  if (me.error !== null && me.data === undefined) return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
  if (me.data === undefined) return <ViewerSkeleton chrome="compact" />;
  return <ViewerContent key={JSON.stringify(dashboard)} dashboard={dashboard} me={me.data} view={view} chrome="compact" isPublished={false} />;
}
