/** Two texts, line by line: what was removed, what was added, and a few lines around. */
import { useMemo } from 'react';
import { Content } from '@patternfly/react-core';
import { manageEditor } from '../../texts/manage-editor';
import { countChanges, diffLines, foldSame, type DiffLine } from './difference';
import styles from './editor.module.css';

const words = manageEditor.difference;
const signs = { added: '+', removed: '−', same: '' } as const;

export function DifferenceView({ before, after, label = words.label }: { readonly before: string; readonly after: string; readonly label?: string }) {
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  const { added, removed } = countChanges(lines);
  if (added + removed === 0) return <Content component="p" data-testid="no-difference">{words.same}</Content>;
  return (
    <>
      <Content component="p" data-testid="difference-summary">{words.summary(added, removed)}</Content>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard */}
      <div className={styles['difference']} role="region" aria-label={label} tabIndex={0} data-testid="difference">
        {foldSame(lines).map((part, index) =>
          part.kind === 'gap' ? (
            <div key={index} className={styles['gap']}>
              {words.gap(part.count)}
            </div>
          ) : (
            part.lines.map((line) => <Line key={`${line.before ?? ''}:${line.after ?? ''}`} {...line} />)
          ),
        )}
      </div>
    </>
  );
}

function Line({ kind, text, before, after }: DiffLine) {
  const name = kind === 'same' ? undefined : words[kind];
  return (
    <div className={`${styles['line'] ?? ''} ${styles[kind] ?? ''}`} data-kind={kind}>
      <span className={styles['number']} aria-hidden="true">{before}</span>
      <span className={styles['number']} aria-hidden="true">{after}</span>
      <span>
        <span aria-hidden="true">{signs[kind]}</span>
        {name !== undefined && <span className="pf-v6-screen-reader">{name}</span>}
      </span>
      <span className={styles['content']}>{text}</span>
    </div>
  );
}
