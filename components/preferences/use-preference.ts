/** A preference in React: all components that read it follow each change. */
import { useCallback, useSyncExternalStore } from 'react';
import { createPreferenceStore, preferenceSchemas, type PreferenceName, type Preferences } from './preferences';

const store = createPreferenceStore(typeof window === 'undefined' ? undefined : window.localStorage);

export function usePreference<Name extends PreferenceName>(name: Name): readonly [Preferences[Name], (value: Preferences[Name]) => void] {
  const value = useSyncExternalStore(
    store.subscribe,
    () => store.read(name),
    // The server knows no preference; parsed by the schema of this name.
    () => defaults[name],
  );
  const change = useCallback((next: Preferences[Name]) => store.write(name, next), [name]);
  return [value, change];
}

/** How many dashboards are remembered as opened. */
const remembered = 6;

/** @param dashboard as `<project>/<name>` */
export function rememberOpened(dashboard: string): void {
  store.write('recent', [dashboard, ...store.read('recent').filter((other) => other !== dashboard)].slice(0, remembered));
}

const defaults: Preferences = {
  mode: preferenceSchemas.mode.parse(undefined),
  timeZone: preferenceSchemas.timeZone.parse(undefined),
  role: preferenceSchemas.role.parse(undefined),
  events: preferenceSchemas.events.parse(undefined),
  favourites: preferenceSchemas.favourites.parse(undefined),
  recent: preferenceSchemas.recent.parse(undefined),
};
