/** What is asked or shown over the editor, one at a time. */
import { ConflictDialog } from './ConflictDialog';
import { HistoryDialog } from './HistoryDialog';
import { SaveDialog } from './SaveDialog';
import type { Editing } from './use-editing';

export function EditorDialogs({ editing }: { readonly editing: Editing }) {
  const { dialog, base, saving, close, isDirty, text } = editing;
  const { lastValid } = editing.checked;
  switch (dialog?.kind) {
    case 'save':
      return lastValid === undefined ? null : (
        <SaveDialog before={base} after={lastValid} hasComments={hasComments(text)} isSaving={saving.isSaving} error={saving.error} onSave={editing.save} onClose={close} />
      );
    case 'history':
      return base === undefined ? null : (
        <HistoryDialog current={base} hasUnsaved={isDirty} isSaving={saving.isSaving} error={saving.error} onRestore={editing.restore} onClose={close} />
      );
    case 'conflict': {
      const { theirs } = dialog;
      return base === undefined || lastValid === undefined ? null : (
        <ConflictDialog base={base} theirs={theirs} mine={lastValid} onKeepMine={() => editing.keepMine(theirs)} onTakeTheirs={() => editing.takeTheirs(theirs)} onClose={close} />
      );
    }
    case undefined:
      return null;
  }
}

/** Comments are the text's only; what is stored has no place for them. */
function hasComments(text: string): boolean {
  return /^\s*#/m.test(text);
}
