/**
 * The text of a dashboard beside its preview: checked while it is written, compared before it is saved, never lost. The
 * text is the dashboard; everything else on the page is made from it.
 */
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Content, Flex, FlexItem, Label, PageSection, Stack, StackItem, Title, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import type { Me } from '../../../lib/contracts/identity';
import { dashboardPath, newDashboardPath } from '../../../lib/contracts/links';
import type { ManagedResource } from '../../../lib/contracts/manage';
import { ApiError } from '../../api/api-error';
import { useApi } from '../../api/ApiProvider';
import { deferred } from '../../feedback/deferred';
import { useHost } from '../../host/HostProvider';
import { globalDatasourcesQuery } from '../../perses/datasources';
import { manageEditor } from '../../texts/manage-editor';
import { AudienceSelect } from './AudienceSelect';
import { ConflictDialog } from './ConflictDialog';
import { textOf, titleOf, withVersion } from './document';
import type { Drafts } from './drafts';
import { EditorNotices } from './EditorNotices';
import styles from './editor.module.css';
import { HistoryDialog } from './HistoryDialog';
import { LeaveGuard } from './LeaveGuard';
import { Preview } from './Preview';
import { ProblemList } from './ProblemList';
import { SaveDialog } from './SaveDialog';
import type { Known } from './suggestions';
import { useCheck } from './use-check';
import { useDraft } from './use-draft';
import { useSaving } from './use-saving';
import type { YamlEditorHandle, YamlEditorProps } from './YamlEditor';

const words = manageEditor;
const YamlEditor = deferred<YamlEditorProps>(() => import('./YamlEditor'));

export interface EditorProps {
  readonly me: Me;
  /** Where dashboards can be kept that the person makes or changes. */
  readonly projects: readonly string[];
  /** As it is stored; undefined for a new one. */
  readonly stored: ManagedResource | undefined;
  /** What the text begins as where there is no draft. */
  readonly initial: Dashboard;
  readonly drafts: Drafts;
  /** What was said on the way here. */
  readonly notice?: string | undefined;
  readonly onCreated?: (dashboard: Dashboard) => void;
}

type View = 'text' | 'both' | 'preview';
type Dialog = { readonly kind: 'save' | 'history' } | { readonly kind: 'conflict'; readonly theirs: ManagedResource };

export function Editor({ me, projects, stored, initial, drafts, notice: firstNotice, onCreated }: EditorProps) {
  const { nonce, Link } = useHost();
  const { manage } = useApi();
  const queryClient = useQueryClient();
  const isFixed = stored?.managed.fixedBy !== undefined;
  const [base, setBase] = useState(stored?.dashboard);
  // What was written here before, if anything; a dashboard that cannot be changed has no draft that could be of use.
  const [draft, setDraft] = useState(() => (isFixed ? undefined : drafts.read()));
  const [text, setText] = useState(() => draft?.text ?? textOf(initial));
  const [version, setVersion] = useState(draft?.version ?? stored?.dashboard.metadata.version ?? 0);
  const [aside, setAside] = useState<string>();
  const [notice, setNotice] = useState(firstNotice);
  const [dialog, setDialog] = useState<Dialog>();
  const [view, setView] = useState<View>('both');
  const [members, setMembers] = useState<readonly string[]>();
  const saving = useSaving();
  const editor = useRef<YamlEditorHandle>(null);

  const { state, problems, lastValid } = useCheck(text);
  const isDirty = !isFixed && (base === undefined || text !== textOf(base));
  const isKept = useDraft(drafts, isDirty ? text : undefined, version);
  const known = useKnown(lastValid, projects);
  const current = lastValid ?? initial;
  const title = titleOf(current);
  const isElsewhere = base !== undefined && lastValid !== undefined && (lastValid.metadata.name !== base.metadata.name || lastValid.metadata.project !== base.metadata.project);
  const whyNot = !isDirty ? words.whyNot.same : state === 'invalid' ? words.whyNot.errors : state !== 'valid' ? words.whyNot.checking : isElsewhere ? words.whyNot.address : undefined;

  const close = (): void => {
    saving.clear();
    setDialog(undefined);
  };
  /** What is stored now is this; the text follows. */
  const settle = (saved: Dashboard, said: string): void => {
    setBase(saved);
    setVersion(saved.metadata.version);
    setText(textOf(saved));
    setAside(undefined);
    setDraft(undefined);
    setNotice(said);
    setDialog(undefined);
    void queryClient.invalidateQueries({ queryKey: ['manage'] });
    void queryClient.invalidateQueries({ queryKey: ['dashboards'] });
    void queryClient.invalidateQueries({ queryKey: ['dashboard', saved.metadata.project, saved.metadata.name] });
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
  const restore = async (old: Dashboard): Promise<void> => {
    try {
      const saved = await manage.update(withVersion(old, version));
      settle(saved, words.history.restored(old.metadata.version, saved.metadata.version));
    } catch (error) {
      const { dashboard } = await storedByOthers(error);
      // Nothing is unsaved here, so theirs can stand in the editor at once.
      setBase(dashboard);
      setVersion(dashboard.metadata.version);
      setText(textOf(dashboard));
      throw error;
    }
  };
  const save = (): void => {
    if (lastValid === undefined) return;
    if (base !== undefined) {
      void saving.run(() => update(lastValid));
      return;
    }
    void saving.run(async () => {
      const created = await manage.create(withVersion(lastValid, 0));
      drafts.remove();
      settle(created, words.created);
      onCreated?.(created);
    });
  };
  const discard = (): void => {
    setText(textOf(base ?? initial));
    setVersion(base?.metadata.version ?? 0);
    setDraft(undefined);
    drafts.remove();
  };

  return (
    <>
      <PageSection>
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsFlexStart' }}>
          <FlexItem>
            <Title headingLevel="h1" data-testid="editor-title">
              {base === undefined ? words.titleNew : isFixed ? words.titleView(title) : words.titleEdit(title)}
            </Title>
            <Content component="p">
              {words.where(current.metadata.project, current.metadata.name)}{' '}
              {isDirty && (
                <Label status="warning" isCompact data-testid="unsaved">
                  {words.unsaved}
                </Label>
              )}
            </Content>
          </FlexItem>
          <FlexItem>{actions()}</FlexItem>
        </Flex>
      </PageSection>
      <PageSection isFilled data-testid="dashboard-editor">
        <Stack hasGutter>
          <EditorNotices
            managed={stored?.managed}
            notice={notice}
            draft={isDirty ? draft : undefined}
            isDraftOlder={draft !== undefined && base !== undefined && draft.version !== base.metadata.version}
            isKept={isKept}
            hasAside={aside !== undefined}
            onCloseNotice={() => setNotice(undefined)}
            onKeepDraft={() => setDraft(undefined)}
            onDiscardDraft={discard}
            onPutBack={() => {
              setText(aside ?? text);
              setAside(undefined);
            }}
          />
          <StackItem>
            <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
              <ToggleGroup aria-label={words.view.label}>
                {(['text', 'both', 'preview'] as const).map((one) => (
                  <ToggleGroupItem key={one} text={words.view[one]} isSelected={view === one} onChange={() => setView(one)} />
                ))}
              </ToggleGroup>
              {view !== 'text' && <AudienceSelect projects={me.projects} members={members} onChange={setMembers} />}
            </Flex>
          </StackItem>
          <StackItem isFilled>
            <div className={`${styles['panes'] ?? ''} ${view === 'both' ? (styles['both'] ?? '') : ''}`}>
              {/* Hidden, not taken away: the cursor and what can be undone stay. */}
              <section className={styles['pane']} aria-label={words.text.heading} hidden={view === 'preview'}>
                <ProblemList state={state} problems={problems} hint={isFixed ? undefined : words.text.hint} onGoTo={({ line, column }) => editor.current?.goTo(line, column)} />
                <div className={styles['text']}>
                  <YamlEditor value={text} onChange={setText} isReadOnly={isFixed} problems={problems} known={known} label={words.text.label} nonce={nonce} handle={editor} />
                </div>
              </section>
              {view !== 'text' && (
                <section className={styles['pane']} aria-label={words.preview.heading}>
                  <Content component="small">{state === 'invalid' && lastValid !== undefined ? words.preview.last : words.preview.note}</Content>
                  <div className={styles['preview']}>{lastValid === undefined ? <Content component="p">{words.preview.none}</Content> : <Preview dashboard={lastValid} members={members} />}</div>
                </section>
              )}
            </div>
          </StackItem>
        </Stack>
      </PageSection>
      {dialogs()}
      <LeaveGuard isActive={isDirty} onDiscard={discard} />
    </>
  );

  function actions(): ReactNode {
    if (isFixed) {
      return (
        <Flex>
          <Button variant="secondary" onClick={() => void navigator.clipboard.writeText(text)} data-testid="copy-yaml">
            {words.actions.copy}
          </Button>
          <Button variant="secondary" component="a" href={manage.yamlHref(current.metadata.project, current.metadata.name)} download={`${current.metadata.name}.yaml`}>
            {words.actions.download}
          </Button>
          <Link href={newDashboardPath(current.metadata)} className="pf-v6-c-button pf-m-primary">
            <span className="pf-v6-c-button__text">{words.actions.duplicate}</span>
          </Link>
        </Flex>
      );
    }
    return (
      <Flex>
        {base !== undefined && (
          <>
            <Link href={dashboardPath(base.metadata.project, base.metadata.name)}>{words.actions.open}</Link>
            <Button variant="secondary" onClick={() => setDialog({ kind: 'history' })} data-testid="history">
              {words.actions.history}
            </Button>
          </>
        )}
        {isDirty && base !== undefined && (
          <Button variant="secondary" onClick={discard} data-testid="discard">
            {words.actions.discard}
          </Button>
        )}
        <div>
          <Button onClick={() => setDialog({ kind: 'save' })} isAriaDisabled={whyNot !== undefined} aria-describedby="why-not" data-testid="review">
            {base === undefined ? words.actions.reviewNew : words.actions.review}
          </Button>
          <Content component="small" id="why-not">
            {whyNot}
          </Content>
        </div>
      </Flex>
    );
  }

  function dialogs(): ReactNode {
    switch (dialog?.kind) {
      case 'save':
        return lastValid === undefined ? null : (
          <SaveDialog before={base} after={lastValid} hasComments={hasComments(text)} isSaving={saving.isSaving} error={saving.error} onSave={save} onClose={close} />
        );
      case 'history':
        return base === undefined ? null : (
          <HistoryDialog
            current={base}
            hasUnsaved={isDirty}
            isSaving={saving.isSaving}
            error={saving.error}
            onRestore={(old) => void saving.run(() => restore(old))}
            onClose={close}
          />
        );
      case 'conflict': {
        const { theirs } = dialog;
        return base === undefined || lastValid === undefined ? null : (
          <ConflictDialog
            base={base}
            theirs={theirs}
            mine={lastValid}
            onKeepMine={() => {
              setBase(theirs.dashboard);
              setVersion(theirs.dashboard.metadata.version);
              saving.clear();
              setDialog({ kind: 'save' });
            }}
            onTakeTheirs={() => {
              setAside(text);
              setBase(theirs.dashboard);
              setVersion(theirs.dashboard.metadata.version);
              setText(textOf(theirs.dashboard));
              close();
            }}
            onClose={close}
          />
        );
      }
      case undefined:
        return null;
    }
  }
}

/** What suggestions can name. */
function useKnown(dashboard: Dashboard | undefined, projects: readonly string[]): Known {
  const api = useApi();
  const { data } = useQuery(globalDatasourcesQuery(api));
  return useMemo(
    () => ({
      datasources: (data ?? []).map(({ metadata }) => metadata.name),
      projects,
      variables: (dashboard?.spec.variables ?? []).map(({ spec }) => spec.name),
      panels: Object.keys(dashboard?.spec.panels ?? {}),
    }),
    [data, projects, dashboard],
  );
}

/** Comments are the text's only; what is stored has no place for them. A `#` inside of a value has no space before it, or is quoted. */
function hasComments(text: string): boolean {
  return /^\s*#/m.test(text);
}
