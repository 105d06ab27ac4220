/**
 * A text that is edited, what is stored of it, and the ways between the two: saved, refused because somebody else was
 * faster, restored, discarded. Knows nothing of how it is shown.
 */
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import type { ManagedResource } from '../../../lib/contracts/manage';
import { ApiError } from '../../api/api-error';
import { useApi } from '../../api/ApiProvider';
import { manageEditor } from '../../texts/manage-editor';
import { textOf, withVersion } from './document';
import type { Draft, Drafts } from './drafts';
import { useCheck, type Checked } from './use-check';
import { useDraft } from './use-draft';
import { useSaving, type Saving } from './use-saving';

const words = manageEditor;

export type Dialog = { readonly kind: 'save' | 'history' } | { readonly kind: 'conflict'; readonly theirs: ManagedResource };

export interface EditingOptions {
  /** As it is stored; undefined for a new one. */
  readonly stored: ManagedResource | undefined;
  /** What the text begins as where there is no draft. */
  readonly initial: Dashboard;
  readonly drafts: Drafts;
  /** What was said on the way here. */
  readonly notice?: string | undefined;
  readonly onCreated?: (dashboard: Dashboard) => void;
}

export interface Editing {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly checked: Checked;
  /** As it is stored, as far as is known here; undefined for one that is new. */
  readonly base: Dashboard | undefined;
  /** Whether the source of the dashboard is changed elsewhere only. */
  readonly isFixed: boolean;
  readonly isDirty: boolean;
  /** Whether the browser keeps what is not saved. */
  readonly isKept: boolean;
  /** What was put back from before, until it is saved, discarded or taken for granted. */
  readonly draft: Draft | undefined;
  /** Whether somebody saved since the text began. */
  readonly isBehind: boolean;
  /** One's own text while somebody else's is in the editor. */
  readonly hasAside: boolean;
  /** What was done. */
  readonly notice: string | undefined;
  readonly saving: Saving;
  readonly dialog: Dialog | undefined;
  readonly open: (dialog: Dialog) => void;
  readonly close: () => void;
  readonly save: () => void;
  readonly restore: (old: Dashboard) => void;
  readonly keepMine: (theirs: ManagedResource) => void;
  readonly takeTheirs: (theirs: ManagedResource) => void;
  readonly putBack: () => void;
  readonly discard: () => void;
  readonly closeNotice: () => void;
  readonly closeDraft: () => void;
}

export function useEditing({ stored, initial, drafts, notice: firstNotice, onCreated }: EditingOptions): Editing {
  const { manage } = useApi();
  const queryClient = useQueryClient();
  const saving = useSaving();
  const isFixed = stored?.managed.fixedBy !== undefined;
  const [base, setBase] = useState(stored?.dashboard);
  // What was written here before, if anything; a dashboard that cannot be changed has no draft that could be of use.
  const [draft, setDraft] = useState(() => (isFixed ? undefined : drafts.read()));
  const [text, setText] = useState(() => draft?.text ?? textOf(initial));
  const [version, setVersion] = useState(draft?.version ?? stored?.dashboard.metadata.version ?? 0);
  const [aside, setAside] = useState<string>();
  const [notice, setNotice] = useState(firstNotice);
  const [dialog, setDialog] = useState<Dialog>();
  const checked = useCheck(text);
  const isDirty = !isFixed && (base === undefined || text !== textOf(base));
  // While somebody else's text is looked at, one's own is what would be lost.
  const isKept = useDraft(drafts, isDirty ? text : aside, version);

  const begin = (from: Dashboard): void => {
    setBase(from);
    setVersion(from.metadata.version);
  };
  /** What is stored now is this; the text follows. */
  const settle = (saved: Dashboard, said: string): void => {
    begin(saved);
    setText(textOf(saved));
    setAside(undefined);
    setDraft(undefined);
    setNotice(said);
    setDialog(undefined);
    const { project, name } = saved.metadata;
    for (const queryKey of [['manage'], ['dashboards'], ['dashboard', project, name]]) void queryClient.invalidateQueries({ queryKey });
  };
  const close = (): void => {
    saving.clear();
    setDialog(undefined);
  };
  /** What somebody else stored meanwhile, where that is why a change was refused. */
  const storedByOthers = async (error: unknown): Promise<ManagedResource> => {
    if (!(error instanceof ApiError) || error.code !== 'ERR_DASH_003' || base === undefined) throw error;
    return manage.resource(base.metadata.project, base.metadata.name);
  };
  const update = async (dashboard: Dashboard): Promise<void> => {
    try {
      const saved = await manage.update(withVersion(dashboard, version));
      settle(saved, words.saved(saved.metadata.version));
    } catch (error) {
      setDialog({ kind: 'conflict', theirs: await storedByOthers(error) });
    }
  };
  const create = async (dashboard: Dashboard): Promise<void> => {
    const created = await manage.create(withVersion(dashboard, 0));
    drafts.remove();
    settle(created, words.created);
    onCreated?.(created);
  };
  const restore = async (old: Dashboard): Promise<void> => {
    try {
      const saved = await manage.update(withVersion(old, version));
      settle(saved, words.history.restored(old.metadata.version, saved.metadata.version));
    } catch (error) {
      const { dashboard } = await storedByOthers(error);
      // Nothing is unsaved here, so theirs can stand in the editor at once.
      begin(dashboard);
      setText(textOf(dashboard));
      throw error;
    }
  };

  return {
    text,
    setText,
    checked,
    base,
    isFixed,
    isDirty,
    isKept,
    draft: isDirty ? draft : undefined,
    isBehind: base !== undefined && version !== base.metadata.version,
    hasAside: aside !== undefined,
    notice,
    saving,
    dialog,
    open: setDialog,
    close,
    save: () => {
      const { lastValid } = checked;
      if (lastValid !== undefined) void saving.run(() => (base === undefined ? create(lastValid) : update(lastValid)));
    },
    restore: (old) => void saving.run(() => restore(old)),
    keepMine: ({ dashboard }) => {
      begin(dashboard);
      saving.clear();
      setDialog({ kind: 'save' });
    },
    takeTheirs: ({ dashboard }) => {
      setAside(text);
      begin(dashboard);
      setText(textOf(dashboard));
      close();
    },
    putBack: () => {
      setText(aside ?? text);
      setAside(undefined);
    },
    discard: () => {
      setText(textOf(base ?? initial));
      setVersion(base?.metadata.version ?? 0);
      setDraft(undefined);
      drafts.remove();
    },
    closeNotice: () => setNotice(undefined),
    closeDraft: () => setDraft(undefined),
  };
}
