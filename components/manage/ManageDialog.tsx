/** A dialog about one dashboard: a question or a form, and one way to do it. */
import { useId, type ReactNode } from 'react';
import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { texts } from '../texts';

const words = texts.manageList.dialog;

export interface ManageDialogProps {
  readonly testId: string;
  readonly title: string;
  readonly description?: string;
  readonly confirm: string;
  readonly isDanger?: boolean;
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function ManageDialog({ testId, title, description, confirm, isDanger = false, isReady, isBusy, onConfirm, onClose, children }: ManageDialogProps) {
  const id = useId();
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby={`${id}-title`} aria-describedby={`${id}-body`} data-testid={testId}>
      <ModalHeader title={title} labelId={`${id}-title`} {...(description === undefined ? {} : { description })} {...(isDanger ? { titleIconVariant: 'warning' as const } : {})} />
      <ModalBody id={`${id}-body`}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady && !isBusy) onConfirm();
          }}
        >
          {children}
        </form>
      </ModalBody>
      <ModalFooter>
        <Button variant={isDanger ? 'danger' : 'primary'} isDisabled={!isReady || isBusy} isLoading={isBusy} onClick={onConfirm} data-testid="dialog-confirm">
          {confirm}
        </Button>
        <Button variant="link" onClick={onClose}>
          {words.cancel}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
