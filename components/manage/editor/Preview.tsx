/** A dashboard that is not published, drawn as viewers will see it: by oneself, or as members of some projects do. */
import { useMemo } from 'react';
import { Alert } from '@patternfly/react-core';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import { asMembersPath } from '../../../lib/contracts/links';
import { ApiProvider, useMe } from '../../api/ApiProvider';
import { deferred } from '../../feedback/deferred';
import { ErrorState } from '../../feedback/ErrorState';
import { HostProvider, useHost, type Host } from '../../host/HostProvider';
import { manageEditor } from '../../texts/manage-editor';
import { useViewState } from '../../viewer/use-view-state';
import type { ViewerContentProps } from '../../viewer/ViewerContent';
import { ViewerSkeleton } from '../../viewer/ViewerSkeleton';

const words = manageEditor.preview;
const ViewerContent = deferred<ViewerContentProps>(() => import('../../viewer/ViewerContent'), () => <ViewerSkeleton chrome="compact" />);

export interface PreviewProps {
  readonly dashboard: Dashboard;
  /** Members of which projects look; the person who edits when undefined. */
  readonly members: readonly string[] | undefined;
}

export function Preview({ dashboard, members }: PreviewProps) {
  const host = useHost();
  const limited = useMemo((): Host => (members === undefined ? host : { ...host, apiBase: host.apiBase + asMembersPath(members) }), [host, members]);
  return (
    <div data-testid="preview" data-members={members?.join(',')}>
      {members !== undefined && <Alert variant="info" isInline isPlain title={words.narrowed(members)} />}
      {/* Everything below asks as they would, and what was answered to others is not theirs. */}
      <HostProvider host={limited}>
        <ApiProvider key={limited.apiBase}>
          <Drawn dashboard={dashboard} />
        </ApiProvider>
      </HostProvider>
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
