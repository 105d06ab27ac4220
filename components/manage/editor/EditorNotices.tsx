/** What has to be said above the editor: where the dashboard belongs, what was saved, and what became of unsaved text. */
import { Alert, AlertActionCloseButton, AlertActionLink } from '@patternfly/react-core';
import type { ManagedDashboard } from '../../../lib/contracts/manage';
import { manageEditor } from '../../texts/manage-editor';
import { writtenTime } from './ConflictDialog';
import type { Editing } from './use-editing';

const words = manageEditor;

export function EditorNotices({ managed, editing }: { readonly managed: ManagedDashboard | undefined; readonly editing: Editing }) {
  const { notice, draft, isBehind, isKept, hasAside } = editing;
  return (
    <>
      {managed !== undefined && <FixedNote {...managed} />}
      {notice !== undefined && <Alert variant="success" isInline title={notice} actionClose={<AlertActionCloseButton onClose={editing.closeNotice} />} data-testid="saved" />}
      {draft !== undefined && (
        <Alert
          variant="info"
          isInline
          title={words.draft.title}
          actionClose={<AlertActionCloseButton onClose={editing.closeDraft} />}
          actionLinks={
            <AlertActionLink onClick={editing.discard} data-testid="draft-discard">
              {words.draft.discard}
            </AlertActionLink>
          }
          data-testid="draft"
        >
          <p>{words.draft.body(writtenTime(new Date(draft.savedAt).toISOString()))}</p>
          {isBehind && <p>{words.draft.older}</p>}
        </Alert>
      )}
      {!isKept && <Alert variant="warning" isInline title={words.draft.notKept} />}
      {hasAside && (
        <Alert
          variant="info"
          isInline
          title={words.conflict.taken}
          actionLinks={
            <AlertActionLink onClick={editing.putBack} data-testid="put-back">
              {words.conflict.putBack}
            </AlertActionLink>
          }
        />
      )}
    </>
  );
}

function FixedNote({ fixedBy, appliedBy = '', source, place }: ManagedDashboard) {
  if (fixedBy === undefined) return null;
  const { fixed } = words;
  const title = fixedBy === 'git' ? fixed.git(appliedBy) : fixed[fixedBy];
  return (
    <Alert variant="info" isInline title={title} data-testid="fixed">
      {fixed.place}: {source}, <code>{place}</code>
    </Alert>
  );
}
