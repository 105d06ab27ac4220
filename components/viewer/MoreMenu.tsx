/** What can be done with the dashboard as a whole. */
import { useState } from 'react';
import { Dropdown, DropdownItem, DropdownList, MenuToggle, ToolbarItem } from '@patternfly/react-core';
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon';
import { texts } from '../texts';

export interface MoreMenuProps {
  readonly onPrint: () => void;
  /** Undefined where the dashboard is a part of a page. */
  readonly onKiosk: (() => void) | undefined;
}

export function MoreMenu({ onPrint, onKiosk }: MoreMenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <ToolbarItem>
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        shouldFocusToggleOnSelect
        onSelect={() => setIsOpen(false)}
        popperProps={{ position: 'right', appendTo: 'inline' }}
        toggle={(ref) => (
          <MenuToggle ref={ref} variant="plain" icon={<EllipsisVIcon />} isExpanded={isOpen} onClick={() => setIsOpen(!isOpen)} aria-label={texts.viewer.more.label} data-testid="viewer-menu" />
        )}
      >
        <DropdownList>
          <DropdownItem onClick={onPrint} data-testid="viewer-print">
            {texts.viewer.more.print}
          </DropdownItem>
          {onKiosk !== undefined && (
            <DropdownItem onClick={onKiosk} data-testid="viewer-kiosk">
              {texts.viewer.more.kiosk}
            </DropdownItem>
          )}
        </DropdownList>
      </Dropdown>
    </ToolbarItem>
  );
}
