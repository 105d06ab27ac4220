/** Asks to sign in again, over the page, which stays as it is: signing in returns to the same address with its state. */
import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { errorCatalogue } from '../../lib/contracts/errors';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';

export function SessionEnded() {
  const { location, signInHref } = useHost();
  return (
    <Modal isOpen variant="small" aria-labelledby="session-ended-title" aria-describedby="session-ended-body" data-testid="session-expired">
      <ModalHeader title={texts.feedback.sessionEnded.title} labelId="session-ended-title" />
      <ModalBody id="session-ended-body">{errorCatalogue.ERR_AUTH_001.remedy}</ModalBody>
      <ModalFooter>
        {/* A plain link: signing in leaves the app, so the router has no part in it. */}
        <Button component="a" href={signInHref(location.pathname + location.search)} variant="primary" data-testid="sign-in-again">
          {texts.feedback.sessionEnded.signIn}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
