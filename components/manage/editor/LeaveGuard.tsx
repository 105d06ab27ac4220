/** Asks before a page with unsaved changes is left by one of its links, or closed. */
import { useEffect, useState } from 'react';
import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useHost } from '../../host/HostProvider';
import { manageEditor } from '../../texts/manage-editor';

const words = manageEditor.leave;

export function LeaveGuard({ isActive, onDiscard }: { readonly isActive: boolean; readonly onDiscard: () => void }) {
  const { navigate } = useHost();
  const [target, setTarget] = useState<string>();

  useEffect(() => {
    if (!isActive) return;
    const closing = (event: BeforeUnloadEvent): void => event.preventDefault();
    const clicked = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(link instanceof HTMLAnchorElement) || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target === '_blank' || link.hasAttribute('download')) return;
      const { origin, pathname, search, hash } = new URL(link.href);
      // Whose session has ended signs in again, and finds the text where it was.
      if (link.closest('[data-testid="session-expired"]') !== null) {
        window.removeEventListener('beforeunload', closing);
        return;
      }
      if (origin !== window.location.origin || pathname === window.location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(pathname + search + hash);
    };
    window.addEventListener('beforeunload', closing);
    // Before the router sees it.
    document.addEventListener('click', clicked, true);
    return () => {
      window.removeEventListener('beforeunload', closing);
      document.removeEventListener('click', clicked, true);
    };
  }, [isActive]);

  if (target === undefined) return null;
  const stay = (): void => setTarget(undefined);
  return (
    <Modal isOpen variant="small" onClose={stay} aria-labelledby="leave-title" aria-describedby="leave-body" data-testid="leave-guard">
      <ModalHeader title={words.title} labelId="leave-title" />
      <ModalBody id="leave-body">{words.body}</ModalBody>
      <ModalFooter>
        <Button onClick={stay}>{words.stay}</Button>
        <Button variant="secondary" onClick={() => navigate(target)} data-testid="leave-keep">
          {words.keep}
        </Button>
        <Button
          variant="link"
          isDanger
          onClick={() => {
            onDiscard();
            navigate(target);
          }}
        >
          {words.discard}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
