/** A dashboard of Perses or Grafana, as a file or a text, and what became of it. */
import { useEffect, useState } from 'react';
import { Alert, ExpandableSection, FileUpload, FormGroup, Label, List, ListItem } from '@patternfly/react-core';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import { importOutcomes, type ImportAnswer } from '../../../lib/contracts/editor';
import { toApiError } from '../../api/api-error';
import { useApi } from '../../api/ApiProvider';
import { manageEditor } from '../../texts/manage-editor';
import { isGrafana } from './document';
import styles from './editor.module.css';

const words = manageEditor.start;
/** As much as the API takes. */
const maxBytes = 1024 * 1024;
const pause = 300;

type Outcome =
  | { readonly kind: 'perses'; readonly dashboard: Dashboard }
  | { readonly kind: 'grafana'; readonly dashboard: Dashboard; readonly report: ImportAnswer['report'] }
  | { readonly kind: 'failed'; readonly reasons: readonly string[] };

export function ImportField({ onImported }: { readonly onImported: (dashboard: Dashboard | undefined) => void }) {
  const { editor } = useApi();
  const [text, setText] = useState('');
  const [fileName, setFileName] = useState('');
  const [outcome, setOutcome] = useState<Outcome>();

  useEffect(() => {
    let isWanted = true;
    const settle = (result: Outcome | undefined): void => {
      if (!isWanted) return;
      setOutcome(result);
      onImported(result === undefined || result.kind === 'failed' ? undefined : result.dashboard);
    };
    const read = async (): Promise<Outcome | undefined> => {
      if (text.trim() === '') return undefined;
      if (new Blob([text]).size > maxBytes) return { kind: 'failed', reasons: [words.tooLarge] };
      if (isGrafana(text)) return { kind: 'grafana', ...(await editor.importGrafana(text)) };
      const { dashboard, problems } = await editor.check(text);
      // What is wrong in its panels is put right in the editor.
      return dashboard === undefined ? { kind: 'failed', reasons: problems.map(({ line, path, reason }) => `${manageEditor.text.line(line)}: ${path === '' ? '' : `${path}: `}${reason}`) } : { kind: 'perses', dashboard };
    };
    const timer = setTimeout(() => {
      read().then(settle, (error: unknown) => {
        const { message, detail } = toApiError(error);
        settle({ kind: 'failed', reasons: [detail ?? message] });
      });
    }, pause);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [editor, text, onImported]);

  return (
    <FormGroup label={words.fileLabel} fieldId="start-file" isRequired>
      <FileUpload
        id="start-file"
        type="text"
        value={text}
        filename={fileName}
        filenamePlaceholder={words.filePlaceholder}
        browseButtonText={words.browse}
        clearButtonText={words.clear}
        aria-label={words.fileRead}
        allowEditingUploadedText
        dropzoneProps={{ maxSize: maxBytes, onDropRejected: () => setOutcome({ kind: 'failed', reasons: [words.tooLarge] }) }}
        onFileInputChange={(_event, file) => setFileName(file.name)}
        onDataChange={(_event, value) => setText(value)}
        onTextChange={(_event, value) => setText(value)}
        onClearClick={() => {
          setText('');
          setFileName('');
        }}
      />
      {outcome !== undefined && <OutcomeNote outcome={outcome} />}
    </FormGroup>
  );
}

function OutcomeNote({ outcome }: { readonly outcome: Outcome }) {
  const [isOpen, setIsOpen] = useState(true);
  if (outcome.kind === 'failed') {
    return (
      <Alert variant="danger" isInline title={words.notUnderstood} data-testid="import-failed">
        <List isPlain>
          {outcome.reasons.slice(0, mostReasons).map((reason) => (
            <ListItem key={reason}>{reason}</ListItem>
          ))}
        </List>
      </Alert>
    );
  }
  if (outcome.kind === 'perses') return <Alert variant="success" isInline title={words.understood.perses} data-testid="import-understood" />;
  const [converted = 0, approximated = 0, left = 0] = importOutcomes.map((wanted) => outcome.report.filter((entry) => entry.outcome === wanted).length);
  return (
    <Alert variant="success" isInline title={words.understood.grafana} data-testid="import-understood">
      <ExpandableSection
        isExpanded={isOpen}
        onToggle={(_event, next) => setIsOpen(next)}
        toggleText={words.report(converted, approximated, left)}
      >
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard */}
        <div className={styles['problems']} role="region" aria-label={words.reportList} tabIndex={0}>
          <List isPlain>
            {[...outcome.report].sort(worstFirst).map(({ outcome: became, part, detail }, index) => (
              <ListItem key={index} data-testid="import-part">
                <Label isCompact status={statusOf[became]}>{words.outcomes[became]}</Label> {part}
                {detail === undefined ? '' : `: ${detail}`}
              </ListItem>
            ))}
          </List>
        </div>
      </ExpandableSection>
    </Alert>
  );
}

const mostReasons = 10;
const statusOf = { converted: 'success', approximated: 'warning', 'left out': 'danger' } as const;
type Part = ImportAnswer['report'][number];
const worstFirst = (a: Part, b: Part): number => importOutcomes.indexOf(b.outcome) - importOutcomes.indexOf(a.outcome);
