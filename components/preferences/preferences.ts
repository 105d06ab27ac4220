/** What a person prefers, kept in this browser: each preference checked when it is read, since anyone may have written it. */
import { z } from '../../lib/contracts/zod';

/** A dashboard as `<project>/<name>`. */
const dashboards = z.array(z.string().min(1));

export const preferenceSchemas = {
  /** Whether dashboards show all their panels or those that most people need. */
  mode: z.enum(['simple', 'advanced']).catch('simple'),
  /** In which times are shown and entered. */
  timeZone: z.enum(['browser', 'UTC']).catch('browser'),
  /** What a person works as; the list begins with what is made for it. Undefined until it was chosen. */
  role: z.enum(['data-scientist', 'mlops', 'admin', 'everyone']).optional().catch(undefined),
  /** Whether alerts and deployments are marked on charts. */
  events: z.boolean().catch(false),
  favourites: dashboards.catch([]),
  /** Dashboards that were opened, the last one first. */
  recent: dashboards.catch([]),
} as const;

export type PreferenceName = keyof typeof preferenceSchemas;
export type Preferences = { readonly [Name in PreferenceName]: z.output<(typeof preferenceSchemas)[Name]> };

const prefix = 'odh-observability:';

export interface PreferenceStore {
  readonly read: <Name extends PreferenceName>(name: Name) => Preferences[Name];
  readonly write: <Name extends PreferenceName>(name: Name, value: Preferences[Name]) => void;
  readonly subscribe: (onChange: () => void) => () => void;
}

/**
 * @param storage where they are kept; a browser may refuse it, then they are remembered while the page is open
 */
export function createPreferenceStore(storage: Pick<Storage, 'getItem' | 'setItem'> | undefined): PreferenceStore {
  const listeners = new Set<() => void>();
  const memory = new Map<PreferenceName, string>();
  // One object for one text, so that React sees no change where there is none.
  const parsed = new Map<PreferenceName, { readonly text: string | null; readonly value: unknown }>();

  const textOf = (name: PreferenceName): string | null => {
    try {
      return storage?.getItem(prefix + name) ?? memory.get(name) ?? null;
    } catch {
      return memory.get(name) ?? null;
    }
  };
  return {
    read: <Name extends PreferenceName>(name: Name) => {
      const text = textOf(name);
      const known = parsed.get(name);
      const value = known !== undefined && known.text === text ? known.value : preferenceSchemas[name].parse(json(text));
      parsed.set(name, { text, value });
      // Parsed by the schema of this name, here or before.
      return value as Preferences[Name];
    },
    write: (name, value) => {
      const text = JSON.stringify(value);
      memory.set(name, text);
      try {
        storage?.setItem(prefix + name, text);
      } catch {
        // Full, or not allowed.
      }
      listeners.forEach((onChange) => onChange());
    },
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
}

function json(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
