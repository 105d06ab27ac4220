/**
 * The text of a dashboard beside its preview: checked while it is written, compared before it is saved, never lost. The
 * text is the dashboard; everything else on the page is made from it.
 */
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Button, Content, Flex, FlexItem, Label, PageSection, Stack, StackItem, Title, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { titleOf, type Dashboard } from '../../../lib/contracts/dashboard';
import type { TextProblem } from '../../../lib/contracts/editor';
import type { Me } from '../../../lib/contracts/identity';
import { dashboardPath, newDashboardPath } from '../../../lib/contracts/links';
import { useApi } from '../../api/ApiProvider';
import { deferred } from '../../feedback/deferred';
import { useHost } from '../../host/HostProvider';
import { globalDatasourcesQuery } from '../../perses/datasources';
import { manageEditor } from '../../texts/manage-editor';
import { AudienceSelect } from './AudienceSelect';
import styles from './editor.module.css';
import { EditorDialogs } from './EditorDialogs';
import { EditorNotices } from './EditorNotices';
import { LeaveGuard } from './LeaveGuard';
import { Preview } from './Preview';
import { ProblemList } from './ProblemList';
import type { Known } from './suggestions';
import { useEditing, type EditingOptions } from './use-editing';
import type { VisualPaneProps } from './visual/VisualPane';
import type { YamlEditorHandle, YamlEditorProps } from './YamlEditor';

const words = manageEditor;
const YamlEditor = deferred<YamlEditorProps>(() => import('./YamlEditor'));
const VisualPane = deferred<VisualPaneProps>(() => import('./visual/VisualPane').then((module) => ({ default: module.VisualPane })));

export interface EditorProps extends EditingOptions {
  readonly me: Me;
  /** Where dashboards can be kept that the person makes or changes. */
  readonly projects: readonly string[];
}

type View = 'text' | 'both' | 'preview' | 'visual';

export function Editor({ me, projects, ...options }: EditorProps) {
  const { nonce } = useHost();
  const editing = useEditing(options);
  const { text, base, isFixed, isDirty } = editing;
  const { state, problems, understood, lastValid } = editing.checked;
  const [view, setView] = useState<View>('both');
  const [members, setMembers] = useState<readonly string[]>();
  const editor = useRef<YamlEditorHandle>(null);
  const known = useKnown(lastValid, projects);
  const { metadata } = lastValid ?? options.initial;
  const title = titleOf(lastValid ?? options.initial);
  const isElsewhere = base !== undefined && lastValid !== undefined && (metadata.name !== base.metadata.name || metadata.project !== base.metadata.project);
  const isVisual = view === 'visual';
  const goTo = ({ line, column }: TextProblem): void => {
    if (isVisual) setView('text');
    // Shown first: what is hidden takes no focus.
    requestAnimationFrame(() => editor.current?.goTo(line, column));
  };
  const whyNot = !isDirty ? words.whyNot.same : state === 'invalid' ? words.whyNot.errors : state !== 'valid' ? words.whyNot.checking : isElsewhere ? words.whyNot.address : undefined;

  return (
    <>
      <PageSection>
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsFlexStart' }}>
          <FlexItem>
            <Title headingLevel="h1" data-testid="editor-title">
              {base === undefined ? words.titleNew : isFixed ? words.titleView(title) : words.titleEdit(title)}
            </Title>
            <Content component="p">
              {words.where(metadata.project, metadata.name)}{' '}
              {isDirty && (
                <Label status="warning" isCompact data-testid="unsaved">
                  {words.unsaved}
                </Label>
              )}
            </Content>
          </FlexItem>
          <FlexItem>{isFixed ? <FixedActions {...metadata} text={text} /> : actions()}</FlexItem>
        </Flex>
      </PageSection>
      <PageSection isFilled data-testid="dashboard-editor">
        <Stack hasGutter>
          <EditorNotices managed={options.stored?.managed} editing={editing} />
          <StackItem>
            <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
              <ToggleGroup aria-label={words.view.label}>
                {(['text', 'both', 'preview', ...(isFixed ? [] : ['visual' as const])] as const).map((one) => (
                  <ToggleGroupItem key={one} text={words.view[one]} isSelected={view === one} onChange={() => setView(one)} />
                ))}
              </ToggleGroup>
              {view !== 'text' && <AudienceSelect projects={me.projects} members={members} onChange={setMembers} />}
            </Flex>
          </StackItem>
          <StackItem isFilled>
            <div className={`${styles['panes'] ?? ''} ${view === 'both' ? (styles['both'] ?? '') : ''}`}>
              {/* Hidden, not taken away: the cursor and what can be undone stay. */}
              <section className={styles['pane']} aria-label={isVisual ? words.visual.heading : words.text.heading} hidden={view === 'preview'}>
                <ProblemList state={state} problems={problems} hint={isFixed ? undefined : isVisual ? words.visual.hint : words.text.hint} onGoTo={goTo} />
                {isVisual && <VisualPane text={text} dashboard={understood} isChecking={state === 'checking'} members={members} onChange={editing.setText} />}
                <div className={styles['text']} hidden={isVisual}>
                  <YamlEditor value={text} onChange={editing.setText} isReadOnly={isFixed} problems={problems} known={known} label={words.text.label} nonce={nonce} handle={editor} />
                </div>
              </section>
              {(view === 'both' || view === 'preview') && (
                <section className={styles['pane']} aria-label={words.preview.heading}>
                  <Content component="small">{state === 'invalid' && lastValid !== undefined ? words.preview.last : words.preview.note}</Content>
                  <div className={styles['preview']}>{lastValid === undefined ? <Content component="p">{words.preview.none}</Content> : <Preview dashboard={lastValid} members={members} />}</div>
                </section>
              )}
            </div>
          </StackItem>
        </Stack>
      </PageSection>
      <EditorDialogs editing={editing} />
      <LeaveGuard isActive={isDirty} onDiscard={editing.discard} />
    </>
  );

  function actions(): ReactNode {
    return (
      <Flex>
        {base !== undefined && <StoredActions {...base.metadata} onHistory={() => editing.open({ kind: 'history' })} />}
        {isDirty && base !== undefined && (
          <Button variant="secondary" onClick={editing.discard} data-testid="discard">
            {words.actions.discard}
          </Button>
        )}
        <div>
          <Button onClick={() => editing.open({ kind: 'save' })} isAriaDisabled={whyNot !== undefined} aria-describedby="why-not" data-testid="review">
            {base === undefined ? words.actions.reviewNew : words.actions.review}
          </Button>
          <Content component="small" id="why-not">
            {whyNot}
          </Content>
        </div>
      </Flex>
    );
  }
}

function StoredActions({ project, name, onHistory }: Pick<Dashboard['metadata'], 'project' | 'name'> & { readonly onHistory: () => void }) {
  const { Link } = useHost();
  return (
    <>
      <Link href={dashboardPath(project, name)}>{words.actions.open}</Link>
      <Button variant="secondary" onClick={onHistory} data-testid="history">
        {words.actions.history}
      </Button>
    </>
  );
}

/** For a dashboard that is changed elsewhere. */
function FixedActions({ project, name, text }: Pick<Dashboard['metadata'], 'project' | 'name'> & { readonly text: string }) {
  const { Link } = useHost();
  const { manage } = useApi();
  return (
    <Flex>
      <Button variant="secondary" onClick={() => void navigator.clipboard.writeText(text)} data-testid="copy-yaml">
        {words.actions.copy}
      </Button>
      <Button variant="secondary" component="a" href={manage.yamlHref(project, name)} download={`${name}.yaml`}>
        {words.actions.download}
      </Button>
      <Link href={newDashboardPath({ project, name })} className="pf-v6-c-button pf-m-primary">
        <span className="pf-v6-c-button__text">{words.actions.duplicate}</span>
      </Link>
    </Flex>
  );
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
