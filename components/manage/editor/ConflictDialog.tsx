/** Someone else saved meanwhile: what they changed, what one's own text would change of it, and both ways on. */
import { useState } from 'react';
import { Button, Content, Modal, ModalBody, ModalFooter, ModalHeader, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import type { ManagedResource } from '../../../lib/contracts/manage';
import { manageEditor } from '../../texts/manage-editor';
import { DifferenceView } from './DifferenceView';
import { textOf } from './document';

const words = manageEditor.conflict;

export interface ConflictDialogProps {
  /** What the text began from. */
  readonly base: Dashboard;
  readonly theirs: ManagedResource;
  readonly mine: Dashboard;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
}

export function ConflictDialog({ base, theirs: { dashboard, managed }, mine, onKeepMine, onTakeTheirs, onClose }: ConflictDialogProps) {
  const [tab, setTab] = useState<string | number>('theirs');
  const when = managed.changedAt === undefined ? undefined : writtenTime(managed.changedAt);
  return (
    <Modal isOpen variant="large" onClose={onClose} aria-labelledby="conflict-title" aria-describedby="conflict-body" data-testid="conflict-dialog">
      <ModalHeader title={words.title} titleIconVariant="warning" labelId="conflict-title" description={words.lead(dashboard.metadata.version, when, managed.changedBy)} />
      <ModalBody id="conflict-body">
        <Tabs activeKey={tab} onSelect={(_event, key) => setTab(key)} aria-label={words.title}>
          <Tab eventKey="theirs" title={<TabTitleText>{words.theirs}</TabTitleText>}>
            {tab === 'theirs' && <DifferenceView before={textOf(base)} after={textOf(dashboard)} label={words.theirs} />}
          </Tab>
          <Tab eventKey="mine" title={<TabTitleText>{words.mine}</TabTitleText>}>
            {tab === 'mine' && <DifferenceView before={textOf(dashboard)} after={textOf(mine)} label={words.mine} />}
          </Tab>
        </Tabs>
        <Content component="ul">
          <li>
            <strong>{words.keep}:</strong> {words.keepHint}
          </li>
          <li>
            <strong>{words.take}:</strong> {words.takeHint}
          </li>
        </Content>
      </ModalBody>
      <ModalFooter>
        <Button onClick={onKeepMine} data-testid="keep-mine">
          {words.keep}
        </Button>
        <Button variant="secondary" onClick={onTakeTheirs} data-testid="take-theirs">
          {words.take}
        </Button>
        <Button variant="link" onClick={onClose}>
          {manageEditor.actions.cancel}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

/** @param time as RFC 3339 */
export function writtenTime(time: string): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}
