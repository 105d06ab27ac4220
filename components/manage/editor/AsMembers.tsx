/** What is below asks the API as members of some projects would; by itself where there are none. */
import { useMemo, type ReactNode } from 'react';
import { Alert } from '@patternfly/react-core';
import { asMembersPath } from '../../../lib/contracts/links';
import { ApiProvider } from '../../api/ApiProvider';
import { HostProvider, useHost, type Host } from '../../host/HostProvider';
import { manageEditor } from '../../texts/manage-editor';

export interface AsMembersProps {
  /** Members of which projects look; the person who edits when undefined. */
  readonly members: readonly string[] | undefined;
  readonly children: ReactNode;
}

export function AsMembers({ members, children }: AsMembersProps) {
  const host = useHost();
  const limited = useMemo((): Host => (members === undefined ? host : { ...host, apiBase: host.apiBase + asMembersPath(members) }), [host, members]);
  return (
    <>
      {members !== undefined && <Alert variant="info" isInline isPlain title={manageEditor.preview.narrowed(members)} />}
      {/* Everything below asks as they would, and what was answered to others is not theirs. */}
      <HostProvider host={limited}>
        <ApiProvider key={limited.apiBase}>{children}</ApiProvider>
      </HostProvider>
    </>
  );
}
