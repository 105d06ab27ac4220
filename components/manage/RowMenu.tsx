/** What can be done with a dashboard in the list, as a menu. */
import { useState } from 'react';
import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon';
import { dashboardPath, editDashboardPath, newDashboardPath } from '../../lib/contracts/links';
import type { ManagedDashboard } from '../../lib/contracts/manage';
import { useApi } from '../api/ApiProvider';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';

const words = texts.manageList;

export function RowMenu({ dashboard }: { readonly dashboard: ManagedDashboard }) {
  const { navigate } = useHost();
  const { manage } = useApi();
  const [isOpen, setIsOpen] = useState(false);
  const { project, name, title, state, fixedBy } = dashboard;
  if (state === 'shadowed') {
    return null;
  }
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onSelect={() => setIsOpen(false)}
      popperProps={{ position: 'right' }}
      toggle={(ref) => <MenuToggle ref={ref} variant="plain" icon={<EllipsisVIcon />} isExpanded={isOpen} onClick={() => setIsOpen(!isOpen)} aria-label={words.actionsOf(title)} data-testid="row-menu" />}
    >
      <DropdownList>
        {state === 'enabled' && (
          <DropdownItem onClick={() => navigate(dashboardPath(project, name))} data-testid="row-open">
            {words.actions.open}
          </DropdownItem>
        )}
        {fixedBy === undefined && (
          <DropdownItem onClick={() => navigate(editDashboardPath(project, name))} data-testid="row-edit">
            {words.actions.edit}
          </DropdownItem>
        )}
        <DropdownItem onClick={() => navigate(newDashboardPath({ project, name }))} data-testid="row-duplicate">
          {words.actions.duplicate}
        </DropdownItem>
        <DropdownItem to={manage.yamlHref(project, name)} download="" data-testid="row-download">
          {words.actions.download}
        </DropdownItem>
      </DropdownList>
    </Dropdown>
  );
}
