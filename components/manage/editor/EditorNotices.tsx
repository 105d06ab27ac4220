/** What has to be said above the editor: where the dashboard belongs, what was saved, and what became of unsaved text. */
import { Alert, AlertActionCloseButton, AlertActionLink } from '@patternfly/react-core';
import type { ManagedDashboard } from '../../../lib/contracts/manage';
import { manageEditor } from '../../texts/manage-editor';
import { writtenTime } from './ConflictDialog';
import type { Draft } from './drafts';

const words = manageEditor;

export interface EditorNoticesProps {
  readonly managed: ManagedDashboard | undefined;
  /** What was done. */
  readonly notice: string | undefined;
  /** What was put back into the editor from before. */
  readonly draft: Draft | undefined;
  /** Whether somebody saved since the draft began. */
  readonly isDraftOlder: boolean;
  /** Whether the browser keeps what is not saved. */
  readonly isKept: boolean;
  /** Whether a text was set aside for another one. */
  readonly hasAside: boolean;
  readonly onCloseNotice: () => void;
  readonly onKeepDraft: () => void;
  readonly onDiscardDraft: () => void;
  readonly onPutBack: () => void;
}

export function EditorNotices({ managed, notice, draft, isDraftOlder, isKept, hasAside, onCloseNotice, onKeepDraft, onDiscardDraft, onPutBack }: EditorNoticesProps) {
  return (
    <>
      {managed !== undefined && <FixedNote {...managed} />}
      {notice !== undefined && <Alert variant="success" isInline title={notice} actionClose={<AlertActionCloseButton onClose={onCloseNotice} />} data-testid="saved" />}
      {draft !== undefined && (
        <Alert
          variant="info"
          isInline
          title={words.draft.title}
          actionClose={<AlertActionCloseButton onClose={onKeepDraft} />}
          actionLinks={
            <AlertActionLink onClick={onDiscardDraft} data-testid="draft-discard">
              {words.draft.discard}
            </AlertActionLink>
          }
          data-testid="draft"
        >
          <p>{words.draft.body(writtenTime(new Date(draft.savedAt).toISOString()))}</p>
          {isDraftOlder && <p>{words.draft.older}</p>}
        </Alert>
      )}
      {!isKept && <Alert variant="warning" isInline title={words.draft.notKept} />}
      {hasAside && (
        <Alert
          variant="info"
          isInline
          title={words.conflict.taken}
          actionLinks={
            <AlertActionLink onClick={onPutBack} data-testid="put-back">
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
