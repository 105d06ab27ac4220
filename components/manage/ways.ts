/** Where a change of how a dashboard is arranged goes, or why there is none: the settings of administrators, or its own annotations. Pure. */
import type { ManagedDashboard, Management } from '../../lib/contracts/manage';
import { texts } from '../texts';

const words = texts.manageList.impossible;

export type Way = { readonly to: 'settings' | 'resource' } | { readonly impossible: string };

export const leadsTo = (way: Way, to: 'settings' | 'resource'): boolean => 'to' in way && way.to === to;

type Rights = Pick<Management, 'administrator' | 'settings'>;

const settings: Way = { to: 'settings' };
const resource: Way = { to: 'resource' };

/** Settings first: they hold whatever becomes of the dashboard, and change nothing of it. */
function anyWay({ fixedBy }: ManagedDashboard, { administrator, settings: kept }: Rights): Way {
  if (administrator && kept?.kept === true) return settings;
  if (fixedBy === undefined) return resource;
  return { impossible: administrator ? words.noStore : words.fixed };
}

/** Of enabling one that is disabled, or the other way round. */
export function wayToToggle(dashboard: ManagedDashboard, rights: Rights): Way {
  switch (dashboard.disabledBy) {
    case undefined:
      return anyWay(dashboard, rights);
    case 'configuration':
      return { impossible: words.configuration };
    case 'settings':
      return rights.administrator ? settings : { impossible: words.settings };
    case 'source':
      // Settings enable nothing that its source disables.
      return dashboard.fixedBy === undefined ? resource : { impossible: words.source };
  }
}

/** Of its order. */
export const wayToOrder = anyWay;

/** Of its audience. */
export function wayToAudience(dashboard: ManagedDashboard, rights: Rights): Way {
  // Settings show nothing to others that its source keeps for administrators.
  if (!dashboard.reserved) return anyWay(dashboard, rights);
  return dashboard.fixedBy === undefined && !dashboard.name.endsWith('-admin') ? resource : { impossible: words.reserved };
}
