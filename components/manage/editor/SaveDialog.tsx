/** What saving would change, before it does. */
import { Alert, Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import { toApiError, type ApiError } from '../../api/api-error';
import { manageEditor } from '../../texts/manage-editor';
import { DifferenceView } from './DifferenceView';
import { textOf } from './document';

const words = manageEditor.save;

export interface SaveDialogProps {
  /** As it is stored; undefined for a new one. */
  readonly before: Dashboard | undefined;
  readonly after: Dashboard;
  /** Whether the text says more than what is stored of it. */
  readonly hasComments: boolean;
  readonly isSaving: boolean;
  readonly error: unknown;
  readonly onSave: () => void;
  readonly onClose: () => void;
}

export function SaveDialog({ before, after, hasComments, isSaving, error, onSave, onClose }: SaveDialogProps) {
  const { project, name } = after.metadata;
  const isNew = before === undefined;
  const old = isNew ? '' : textOf(before);
  const next = textOf(after);
  return (
    <Modal isOpen variant="large" onClose={onClose} aria-labelledby="save-title" aria-describedby="save-body" data-testid="save-dialog">
      <ModalHeader title={isNew ? words.titleNew : words.title} labelId="save-title" description={isNew ? words.leadNew(project, name) : words.lead(project, name)} />
      <ModalBody id="save-body">
        {error !== undefined && <SaveError error={toApiError(error)} />}
        {hasComments && <Alert variant="info" isInline isPlain title={words.comments} />}
        <DifferenceView before={old} after={next} />
      </ModalBody>
      <ModalFooter>
        <Button onClick={onSave} isLoading={isSaving} isDisabled={isSaving || old === next} data-testid="save">
          {isNew ? words.actionNew : words.action}
        </Button>
        <Button variant="link" onClick={onClose}>
          {manageEditor.actions.cancel}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

export function SaveError({ error: { code, message, remedy, detail } }: { readonly error: ApiError }) {
  return (
    <Alert variant="danger" isInline title={`${words.failed}: ${message}`} data-testid="save-error" data-code={code}>
      <p>{remedy}</p>
      {detail !== undefined && <p>{detail}</p>}
      <p>{words.safe}</p>
    </Alert>
  );
}
