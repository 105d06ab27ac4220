/**
 * What a person prefers: a copy in this browser, which is all there is where the server keeps nothing, and what is shown
 * while the server cannot be asked. Each value is checked when it is read, since anyone may have written it.
 */
import { preferenceNames, preferenceValues, type PreferenceChanges, type PreferenceName, type PreferencesAnswer, type StoredPreferences } from '../../lib/contracts/preferences';

type Values = Required<{ readonly [Name in PreferenceName]: NonNullable<StoredPreferences[Name]> }>;

type Unchosen = 'role' | 'home' | 'tour';

/** As components read them: undefined where nothing was chosen and the choice is worked out from something else. */
export type Preferences = Omit<Values, Unchosen> & { readonly [Name in Unchosen]: Values[Name] | undefined };

export const defaultPreferences: Preferences = { mode: 'simple', timeZone: 'browser', role: undefined, events: false, favourites: [], recent: [], home: undefined, tour: undefined };

export interface PreferenceStore {
  readonly read: <Name extends PreferenceName>(name: Name) => Preferences[Name];
  readonly write: <Name extends PreferenceName>(name: Name, value: Preferences[Name]) => void;
  readonly subscribe: (onChange: () => void) => () => void;
  /**
   * Takes over what the server answered. A browser that never did hands its own copy over where the server has nothing
   * of this person; another person's copy is forgotten.
   *
   * @param send hands changes to the server
   */
  readonly follow: (answer: PreferencesAnswer, send: (changes: PreferenceChanges) => Promise<unknown>) => void;
  /** From now on the copy of this browser counts as it is: the server has answered, or cannot be asked. */
  readonly settle: () => void;
  readonly isSettled: () => boolean;
}

const prefix = 'odh-observability:';
/** Whose copy it is; none before the server was followed. */
const ownerKey = `${prefix}owner`;
/** Names of what the server has not taken yet. */
const unsentKey = `${prefix}unsent`;

/**
 * @param storage where the copy is kept; a browser may refuse it, then it is remembered while the page is open
 */
export function createPreferenceStore(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined): PreferenceStore {
  const texts = createTexts(storage);
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((onChange) => onChange());
  // One object for one text, so that React sees no change where there is none.
  const parsed = new Map<PreferenceName, { readonly text: string | null; readonly value: unknown }>();
  let send: ((changes: PreferenceChanges) => Promise<unknown>) | undefined;
  let isSending = false;
  let isSettled = false;

  const unsent = (): PreferenceName[] => {
    const names = json(texts.get(unsentKey));
    return preferenceNames.filter((name) => Array.isArray(names) && names.includes(name));
  };
  const setUnsent = (names: readonly PreferenceName[]): void => texts.set(unsentKey, names.length === 0 ? null : JSON.stringify(names));

  /** Sends what is unsent until nothing is, or the server does not take it; then the next change or page tries again. */
  async function sendChanges(): Promise<void> {
    if (send === undefined || isSending) return;
    isSending = true;
    try {
      for (let names = unsent(); names.length > 0; names = unsent()) {
        const sent = names.map((name) => [name, texts.get(prefix + name)] as const);
        await send(changesOf(sent));
        setUnsent(unsent().filter((name) => !sent.some(([of, text]) => of === name && text === texts.get(prefix + name))));
      }
    } catch {
      // The copy in this browser holds meanwhile.
    } finally {
      isSending = false;
    }
  }

  return {
    read: <Name extends PreferenceName>(name: Name) => {
      const text = texts.get(prefix + name);
      const known = parsed.get(name);
      const value = known !== undefined && known.text === text ? known.value : (valueOf(name, text) ?? defaultPreferences[name]);
      parsed.set(name, { text, value });
      // Parsed by the schema of this name, here or before.
      return value as Preferences[Name];
    },
    write: (name, value) => {
      texts.set(prefix + name, value === undefined ? null : JSON.stringify(value));
      if (texts.get(ownerKey) !== null) {
        setUnsent([...new Set([...unsent(), name])]);
        void sendChanges();
      }
      tell();
    },
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    follow: (answer, sendTo) => {
      if (answer.kept === 'browser') return;
      const { owner, preferences } = answer;
      const before = texts.get(ownerKey);
      const isFirst = before === null && Object.keys(preferences).length === 0;
      const own = isFirst ? preferenceNames.filter((name) => valueOf(name, texts.get(prefix + name)) !== undefined) : before === owner ? unsent() : [];
      for (const name of preferenceNames.filter((each) => !own.includes(each))) {
        const value = preferences[name];
        texts.set(prefix + name, value === undefined ? null : JSON.stringify(value));
      }
      texts.set(ownerKey, owner);
      setUnsent(own);
      send = sendTo;
      void sendChanges();
      tell();
    },
    settle: () => {
      isSettled = true;
      tell();
    },
    isSettled: () => isSettled,
  };
}

/** Texts by key; null is none. */
function createTexts(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined) {
  const memory = new Map<string, string>();
  return {
    get: (key: string): string | null => {
      try {
        return storage?.getItem(key) ?? memory.get(key) ?? null;
      } catch {
        return memory.get(key) ?? null;
      }
    },
    set: (key: string, text: string | null): void => {
      if (text === null) memory.delete(key);
      else memory.set(key, text);
      try {
        if (text === null) storage?.removeItem(key);
        else storage?.setItem(key, text);
      } catch {
        // Full, or not allowed.
      }
    },
  };
}

function changesOf(texts: readonly (readonly [PreferenceName, string | null])[]): PreferenceChanges {
  return Object.fromEntries(texts.map(([name, text]) => [name, valueOf(name, text) ?? null]));
}

/** The value of a text, or undefined where it is none of this name. */
function valueOf(name: PreferenceName, text: string | null): unknown {
  const value = preferenceValues[name].safeParse(json(text));
  return value.success ? value.data : undefined;
}

function json(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
