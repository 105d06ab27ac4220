/** What can be done with a dashboard in the list, as a menu. What cannot is there too, with the reason. */
import { useRef, useState } from 'react';
import { Divider, Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon';
import { dashboardPath, editDashboardPath, newDashboardPath } from '../../lib/contracts/links';
import type { ManagedDashboard } from '../../lib/contracts/manage';
import { useApi } from '../api/ApiProvider';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';
import { useManageActions, type DialogKind } from './ManageContext';
import { categoryName, inOrder } from './rows';
import { wayToOrder, wayToToggle, type Way } from './ways';

const words = texts.manageList;

export function RowMenu({ dashboard }: { readonly dashboard: ManagedDashboard }) {
  const { navigate } = useHost();
  const { manage } = useApi();
  const { management, changes, openDialog } = useManageActions();
  const [isOpen, setIsOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const { project, name, title, state, fixedBy, category } = dashboard;
  if (state === 'shadowed') {
    return null;
  }
  const isEnabled = state === 'enabled';
  const keepsSettings = management.settings?.kept === true;
  const dialog = (kind: DialogKind) => () => {
    // Where the focus returns to when the dialog is closed: the item is gone by then.
    toggle.current?.focus();
    openDialog(kind, dashboard);
  };
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onSelect={() => setIsOpen(false)}
      popperProps={{ position: 'right' }}
      toggle={{
        toggleRef: toggle,
        toggleNode: <MenuToggle ref={toggle} variant="plain" icon={<EllipsisVIcon />} isExpanded={isOpen} isDisabled={changes.isChanging} onClick={() => setIsOpen(!isOpen)} aria-label={words.actionsOf(title)} data-testid="row-menu" />,
      }}
    >
      <DropdownList>
        {isEnabled && (
          <DropdownItem onClick={() => navigate(dashboardPath(project, name))} data-testid="row-open">
            {words.actions.open}
          </DropdownItem>
        )}
        {fixedBy === undefined && (
          <DropdownItem onClick={() => navigate(editDashboardPath(project, name))} data-testid="row-edit">
            {words.actions.edit}
          </DropdownItem>
        )}
        {management.creates && (
          <DropdownItem onClick={() => navigate(newDashboardPath({ project, name }))} data-testid="row-duplicate">
            {words.actions.duplicate}
          </DropdownItem>
        )}
        <DropdownItem to={manage.yamlHref(project, name)} download="" data-testid="row-download">
          {words.actions.download}
        </DropdownItem>
        <Divider component="li" />
        <DropdownItem onClick={() => void changes.setEnabled(dashboard, !isEnabled)} {...unless(wayToToggle(dashboard, management))} data-testid="row-toggle">
          {isEnabled ? words.actions.disable : words.actions.enable}
        </DropdownItem>
        <DropdownItem onClick={dialog('arrange')} {...unless(wayToOrder(dashboard, management))} data-testid="row-arrange">
          {words.actions.arrange}
        </DropdownItem>
        {keepsSettings && isEnabled && inOrder(management.dashboards, category).length > 1 && (
          <DropdownItem onClick={dialog('order')} data-testid="row-order">
            {words.actions.order(categoryName(category))}
          </DropdownItem>
        )}
        {keepsSettings && (
          <DropdownItem onClick={dialog('homes')} data-testid="row-homes">
            {words.actions.homes}
          </DropdownItem>
        )}
        {fixedBy === undefined && (
          <>
            <Divider component="li" />
            <DropdownItem isDanger onClick={dialog('delete')} data-testid="row-delete">
              {words.actions.delete}
            </DropdownItem>
          </>
        )}
      </DropdownList>
    </Dropdown>
  );
}

function unless(way: Way) {
  return 'impossible' in way ? { isAriaDisabled: true, description: way.impossible } : {};
}
