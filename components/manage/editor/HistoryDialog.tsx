/** Versions that were replaced: each compared with what is stored now, and the way back to it. */
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Content, Grid, GridItem, Menu, MenuContent, MenuItem, MenuList, Modal, ModalBody, ModalFooter, ModalHeader, Spinner } from '@patternfly/react-core';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import { toApiError } from '../../api/api-error';
import { useApi } from '../../api/ApiProvider';
import { ErrorState } from '../../feedback/ErrorState';
import { manageEditor } from '../../texts/manage-editor';
import { writtenTime } from './ConflictDialog';
import { DifferenceView } from './DifferenceView';
import { textOf } from './document';
import styles from './editor.module.css';
import { SaveError } from './SaveDialog';

const words = manageEditor.history;

export interface HistoryDialogProps {
  readonly current: Dashboard;
  readonly hasUnsaved: boolean;
  readonly isSaving: boolean;
  /** Why a version could not be restored. */
  readonly error: unknown;
  readonly onRestore: (version: Dashboard) => void;
  readonly onClose: () => void;
}

export function HistoryDialog({ current, hasUnsaved, isSaving, error, onRestore, onClose }: HistoryDialogProps) {
  const { editor } = useApi();
  const { project, name, version } = current.metadata;
  const history = useQuery({ queryKey: ['manage', 'history', project, name, version], queryFn: ({ signal }) => editor.history(project, name, signal), staleTime: 0 });
  const [chosen, setChosen] = useState<number>();
  const versions = history.data?.versions ?? [];
  const shown = (versions.find(({ dashboard }) => dashboard.metadata.version === chosen) ?? versions[0])?.dashboard;

  return (
    <Modal isOpen variant="large" onClose={onClose} aria-labelledby="history-title" aria-describedby="history-body" data-testid="history-dialog">
      <ModalHeader title={words.title} labelId="history-title" description={versions.length > 0 ? words.lead : undefined} />
      <ModalBody id="history-body">{body()}</ModalBody>
      <ModalFooter>
        {shown !== undefined && (
          <Button variant="secondary" onClick={() => onRestore(shown)} isLoading={isSaving} isDisabled={isSaving || hasUnsaved} data-testid="restore">
            {words.restore(shown.metadata.version)}
          </Button>
        )}
        <Button variant="link" onClick={onClose}>
          {manageEditor.actions.close}
        </Button>
      </ModalFooter>
    </Modal>
  );

  function body() {
    if (history.error !== null && history.data === undefined) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
    if (history.data === undefined) return <Spinner aria-label={words.loading} />;
    if (!history.data.kept) return <Content component="p" data-testid="history-not-kept">{words.notKept}</Content>;
    if (shown === undefined) return <Content component="p" data-testid="history-none">{words.none}</Content>;
    return (
      <>
        {error !== undefined && <SaveError error={toApiError(error)} />}
        {hasUnsaved && <Alert variant="warning" isInline title={words.unsavedFirst} />}
        <Grid hasGutter>
          <GridItem span={12} lg={3} className={styles['versions'] ?? ''}>
            <Menu isPlain onSelect={(_event, item) => setChosen(Number(item))} selected={shown.metadata.version}>
              <MenuContent>
                <MenuList aria-label={words.list}>
                  {versions.map(({ dashboard: { metadata }, changedBy }) => (
                    <MenuItem key={metadata.version} itemId={metadata.version} description={words.made(metadata.updatedAt === undefined ? undefined : writtenTime(metadata.updatedAt), changedBy)} data-testid="history-version">
                      {words.version(metadata.version)}
                    </MenuItem>
                  ))}
                </MenuList>
              </MenuContent>
            </Menu>
          </GridItem>
          <GridItem span={12} lg={9}>
            <Content component="h3">{words.difference(shown.metadata.version)}</Content>
            <DifferenceView before={textOf(shown)} after={textOf(current)} />
            <Content component="small">{words.restoreHint}</Content>
          </GridItem>
        </Grid>
      </>
    );
  }
}
