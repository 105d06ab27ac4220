/**
 * Keeps Perses's expanded panel equal to the address's: Perses reads it once at its start, and going back or forward
 * changes it later. The other way, from a click to the address, is `setViewPanelRef` of the dashboard's provider.
 */
import { useEffect } from 'react';
import { useDashboardStore, type DashboardStoreState, type PanelGroupDefinition, type PanelGroupItemId } from '@perses-dev/dashboards';
import type { PanelRef } from './url-state';

const select = ({ panelGroups, getViewPanel, setViewPanel }: DashboardStoreState) => ({ panelGroups, getViewPanel, setViewPanel });

export function PanelFocus({ panel }: { readonly panel: PanelRef | undefined }) {
  const { panelGroups, getViewPanel, setViewPanel } = useDashboardStore(select);
  useEffect(() => {
    const wanted = panel === undefined ? undefined : findItem(Object.values(panelGroups), panel);
    const current = getViewPanel();
    if (wanted?.panelGroupItemLayoutId !== current?.panelGroupItemLayoutId || wanted?.repeatVariable?.[1] !== current?.repeatVariable?.[1]) {
      setViewPanel(wanted);
    }
    // Only a new address is a reason: a click sets Perses's state first and the address follows.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [panel]);
  return null;
}

function findItem(groups: readonly PanelGroupDefinition[], panel: PanelRef): PanelGroupItemId | undefined {
  for (const { id, itemPanelKeys } of groups) {
    const item = Object.entries(itemPanelKeys).find(([, key]) => key === panel.ref);
    if (item !== undefined) {
      return {
        panelGroupId: id,
        panelGroupItemLayoutId: item[0],
        ...(panel.repeatVariable === undefined ? {} : { repeatVariable: panel.repeatVariable }),
      };
    }
  }
  return undefined;
}
