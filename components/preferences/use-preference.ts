/** A preference in React: all components that read it follow each change. */
import { useCallback, useSyncExternalStore } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { PreferenceName } from '../../lib/contracts/preferences';
import { useApi } from '../api/ApiProvider';
import { createPreferenceStore, defaultPreferences, type Preferences } from './preferences';

const store = createPreferenceStore(typeof window === 'undefined' ? undefined : window.localStorage);

/** Milliseconds after which a server that could not be asked for preferences is asked again. */
const askAgain = 60_000;

export function usePreference<Name extends PreferenceName>(name: Name): readonly [Preferences[Name], (value: Preferences[Name]) => void] {
  const value = useSyncExternalStore(
    store.subscribe,
    () => store.read(name),
    // The page is made on the server for everyone.
    () => defaultPreferences[name],
  );
  const change = useCallback((next: Preferences[Name]) => store.write(name, next), [name]);
  return [value, change];
}

/**
 * Asks the server for the person's preferences, once for the page. For pages of people who are signed in.
 *
 * @returns whether they are known, as the server has them or, when it cannot be asked, this browser
 */
export function usePreferencesKnown(): boolean {
  const api = useApi();
  useQuery({
    queryKey: ['preferences'],
    queryFn: async ({ signal }) => {
      try {
        const answer = await api.preferences(signal);
        store.follow(answer, (changes) => api.changePreferences(changes));
        return answer;
      } finally {
        if (!signal?.aborted) store.settle();
      }
    },
    staleTime: Infinity,
    retry: false,
    refetchInterval: (data) => (data === undefined ? askAgain : false),
  });
  return useSyncExternalStore(store.subscribe, store.isSettled, isNotSettled);
}

const isNotSettled = (): boolean => false;

/** How many dashboards are remembered as opened. */
const remembered = 6;

/** @param dashboard as `<project>/<name>` */
export function rememberOpened(dashboard: string): void {
  const before = store.read('recent');
  const recent = [dashboard, ...before.filter((other) => other !== dashboard)].slice(0, remembered);
  if (recent.join('\n') !== before.join('\n')) {
    store.write('recent', recent);
  }
}
