/** What the rows of the list share: what is managed, how to change it, and which dialog is open. */
import { createContext, useContext } from 'react';
import type { ManagedDashboard, Management } from '../../lib/contracts/manage';
import type { Changes } from './use-changes';

export type DialogKind = 'arrange' | 'order' | 'homes' | 'delete';

export interface ManageActions {
  readonly management: Management;
  readonly changes: Changes;
  readonly openDialog: (kind: DialogKind, dashboard: ManagedDashboard) => void;
}

const Context = createContext<ManageActions | undefined>(undefined);

export const ManageContext = Context.Provider;

export function useManageActions(): ManageActions {
  const actions = useContext(Context);
  if (actions === undefined) throw new Error('A row of managed dashboards was rendered outside their list.');
  return actions;
}
