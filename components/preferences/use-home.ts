/** Which dashboard a person begins with: the one that they chose, else the one that an administrator chose for their group. */
import { useMe } from '../api/ApiProvider';
import { usePreference } from './use-preference';

export interface Home {
  /** As `<project>/<name>`; undefined where it is the list. */
  readonly home: string | undefined;
  /** @param dashboard as `<project>/<name>`; undefined for the list */
  readonly setHome: (dashboard: string | undefined) => void;
}

export function useHome(): Home {
  const ofGroup = useMe().data?.home;
  const [chosen, choose] = usePreference('home');
  return {
    home: chosen === 'list' ? undefined : (chosen ?? ofGroup),
    setHome: (dashboard) => choose(dashboard ?? (ofGroup === undefined ? undefined : 'list')),
  };
}
