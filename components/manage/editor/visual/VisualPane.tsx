/** The visual editor over a text: what is applied in it is written into the text, and another text is shown in it anew. */
import { useState } from 'react';
import { Bullseye, Content, Spinner } from '@patternfly/react-core';
import { parse } from 'yaml';
import type { Dashboard, DashboardSpec } from '../../../../lib/contracts/dashboard';
import { deferred } from '../../../feedback/deferred';
import { manageVisual } from '../../../texts/manage-visual';
import { AsMembers, type AsMembersProps } from '../AsMembers';
import { isEqual, rewrite, type Parts } from './rewrite';
import type { VisualEditorProps } from './VisualEditor';

const VisualEditor = deferred<VisualEditorProps>(() => import('./VisualEditor'));

export interface VisualPaneProps extends Pick<AsMembersProps, 'members'> {
  readonly text: string;
  /** What the text stands for; undefined while nobody knows, or it is no dashboard. */
  readonly dashboard: Dashboard | undefined;
  /** Whether somebody is finding out. */
  readonly isChecking: boolean;
  readonly onChange: (text: string) => void;
}

/** What the visual editor stands for. */
interface Shown {
  readonly text: string;
  readonly dashboard: Dashboard;
  /** Another one when the editor has to begin anew. */
  readonly key: number;
}

export function VisualPane({ text, dashboard, isChecking, members, onChange }: VisualPaneProps) {
  const [shown, setShown] = useState<Shown>();
  if (dashboard !== undefined && shown?.text !== text) {
    // Written differently, as after it was saved, is not another one.
    const isSame = shown !== undefined && isEqual(parse(shown.text), parse(text));
    setShown({ text, dashboard, key: isSame ? shown.key : (shown?.key ?? 0) + 1 });
  }
  if (shown === undefined || (shown.text !== text && !isChecking)) {
    return isChecking ? (
      <Bullseye>
        <Spinner aria-label={manageVisual.loading} />
      </Bullseye>
    ) : (
      <Content component="p">{manageVisual.notUnderstood}</Content>
    );
  }

  const change = (before: Parts, after: Parts): void => {
    const next = rewrite(text, before, after);
    // Perses's own shape of the parts, which the check of the text looks at next.
    const spec = { ...shown.dashboard.spec, ...(after as Partial<DashboardSpec>) };
    setShown({ ...shown, text: next, dashboard: { ...shown.dashboard, spec } });
    onChange(next);
  };
  return (
    <div data-testid="visual-editor" data-members={members?.join(',')}>
      <AsMembers members={members}>
        <VisualEditor key={shown.key} dashboard={shown.dashboard} onChange={change} />
      </AsMembers>
    </div>
  );
}
