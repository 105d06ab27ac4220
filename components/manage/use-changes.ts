/** Changes that the list of managed dashboards makes, each with what to say of it afterwards. */
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Audience } from '../../lib/contracts/dashboard';
import { dashboardKey } from '../../lib/contracts/links';
import type { ManagedDashboard, Management, SettingsChange } from '../../lib/contracts/manage';
import { toApiError } from '../api/api-error';
import { useApi } from '../api/ApiProvider';
import { texts } from '../texts';
import { leadsTo, wayToAudience, wayToOrder, wayToToggle } from './ways';

const words = texts.manageList.done;

/** What became of a change, for people. */
export interface Outcome {
  readonly failed: boolean;
  readonly title: string;
  readonly details: readonly string[];
}

export interface Arrangement {
  /** Empty for everyone; undefined to leave it as its source says. */
  readonly audience: readonly Audience[] | undefined;
  /** Undefined to leave it as its source says. */
  readonly priority: number | undefined;
}

export interface Changes {
  readonly outcome: Outcome | undefined;
  readonly dismiss: () => void;
  readonly isChanging: boolean;
  /** All resolve with whether it was done, and never reject: what failed is told in the outcome. */
  readonly setEnabled: (dashboard: ManagedDashboard, isEnabled: boolean) => Promise<boolean>;
  readonly arrange: (dashboard: ManagedDashboard, arrangement: Arrangement) => Promise<boolean>;
  /** Gives the dashboards the order in which they are named. */
  readonly reorder: (category: string, dashboards: readonly ManagedDashboard[]) => Promise<boolean>;
  readonly setHomes: (dashboard: ManagedDashboard, homes: NonNullable<SettingsChange['homes']>) => Promise<boolean>;
  readonly remove: (dashboard: ManagedDashboard) => Promise<boolean>;
}

/** Between two neighbours, so that one can be put there later. */
const step = 10;

export function useChanges(management: Management): Changes {
  const { manage } = useApi();
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome>();
  const [isChanging, setIsChanging] = useState(false);

  async function run(done: string, work: () => Promise<unknown>): Promise<boolean> {
    setIsChanging(true);
    let failure: Outcome | undefined;
    try {
      await work();
    } catch (error) {
      const { title, message, remedy, detail } = toApiError(error);
      failure = { failed: true, title, details: [message, ...(detail === undefined ? [] : [detail]), remedy] };
    }
    // What is there now, also when someone else was faster; and what people see.
    await Promise.all(['manage', 'dashboards', 'dashboard', 'me'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    setOutcome(failure ?? { failed: false, title: done, details: [] });
    setIsChanging(false);
    return failure === undefined;
  }

  function changeSettings(change: Omit<SettingsChange, 'version'>): Promise<unknown> {
    const version = management.settings?.kept === true ? management.settings.version : 0;
    return manage.changeSettings({ version, ...change });
  }

  /** Changes annotations of the dashboard itself, as it is now. */
  async function annotate({ project, name }: ManagedDashboard, changes: Readonly<Record<string, string | undefined>>): Promise<unknown> {
    const { dashboard } = await manage.resource(project, name);
    const { annotations } = dashboard.metadata;
    // Written out even where it is the default: a change without any annotation would leave those that there are.
    const merged: Readonly<Record<string, string | undefined>> = { enabled: 'true', ...annotations, ...changes };
    const changed = Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return manage.update({ ...dashboard, metadata: { ...dashboard.metadata, annotations: Object.fromEntries(changed) } });
  }

  return {
    outcome,
    dismiss: () => setOutcome(undefined),
    isChanging,
    setEnabled: (dashboard, isEnabled) =>
      run(isEnabled ? words.enabled(dashboard.title) : words.disabled(dashboard.title), () =>
        leadsTo(wayToToggle(dashboard, management), 'settings') ? changeSettings({ dashboards: { [dashboardKey(dashboard)]: { enabled: isEnabled ? null : false } } }) : annotate(dashboard, { enabled: String(isEnabled) }),
      ),
    arrange: (dashboard, { audience, priority }) =>
      run(words.arranged(dashboard.title), async () => {
        const [ofAudience, ofOrder] = [wayToAudience(dashboard, management), wayToOrder(dashboard, management)];
        const annotations = {
          ...(leadsTo(ofAudience, 'resource') ? { audience: audience?.join(',') } : {}),
          ...(leadsTo(ofOrder, 'resource') ? { priority: priority === undefined ? undefined : String(priority) } : {}),
        };
        const set = {
          ...(leadsTo(ofAudience, 'settings') ? { audience: audience === undefined ? null : [...audience] } : {}),
          ...(leadsTo(ofOrder, 'settings') ? { priority: priority ?? null } : {}),
        };
        if (Object.keys(annotations).length > 0) await annotate(dashboard, annotations);
        if (Object.keys(set).length > 0) await changeSettings({ dashboards: { [dashboardKey(dashboard)]: set } });
      }),
    reorder: (category, dashboards) =>
      run(words.reordered(category), () => {
        const moved = dashboards.map((dashboard, index) => [dashboard, (index + 1) * step] as const).filter(([{ priority }, wanted]) => priority !== wanted);
        return changeSettings({ dashboards: Object.fromEntries(moved.map(([dashboard, priority]) => [dashboardKey(dashboard), { priority }])) });
      }),
    setHomes: (dashboard, homes) => run(words.homes(dashboard.title), () => changeSettings({ homes })),
    remove: (dashboard) => run(words.removed(dashboard.title), () => manage.remove(dashboard.project, dashboard.name)),
  };
}
