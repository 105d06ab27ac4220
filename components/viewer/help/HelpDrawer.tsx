/** The dashboard with its explanation beside it, which is loaded when somebody asks. */
import type { ReactNode } from 'react';
import { Drawer, DrawerContent, DrawerContentBody } from '@patternfly/react-core';
import { deferred } from '../../feedback/deferred';
import type { HelpPanelProps } from './HelpPanel';

const HelpPanel = deferred<HelpPanelProps>(() => import('./HelpPanel'));

export interface HelpDrawerProps {
  readonly text: string | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function HelpDrawer({ text, isOpen, onClose, children }: HelpDrawerProps) {
  return text === undefined ? (
    children
  ) : (
    <Drawer isExpanded={isOpen} isInline>
      <DrawerContent panelContent={isOpen ? <HelpPanel text={text} onClose={onClose} /> : undefined}>
        <DrawerContentBody>{children}</DrawerContentBody>
      </DrawerContent>
    </Drawer>
  );
}
