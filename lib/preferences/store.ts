/**
 * Preferences of each person in a file of their own, in a folder that only this app writes to. Knows no request.
 */
import { createHash } from 'node:crypto';
import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { preferenceNames, preferenceValues, preferencesSchema, type PreferenceChanges, type StoredPreferences } from '../contracts/preferences';
import { AppError } from '../errors/app-error';
import { createQueues, flush, removeAbandoned, replaceFile, unless } from '../files/atomic';

/** Both methods throw AppError `ERR_PREF_001` when the folder cannot be used. */
export interface PreferenceStore {
  readonly read: (subject: string) => Promise<StoredPreferences>;
  /** Changes the given keys and no others; resolves with all. */
  readonly change: (subject: string, changes: PreferenceChanges) => Promise<StoredPreferences>;
}

export interface PreferenceStoreOptions {
  readonly directory: string;
  /** Now, in milliseconds since the epoch. */
  readonly date: () => number;
}

/** Names a person in a file's name, and towards their browser: whatever the subject is, these are hexadecimal digits. */
export function ownerOf(subject: string): string {
  return createHash('sha256').update(subject).digest('hex');
}

export function createPreferenceStore({ directory, date }: PreferenceStoreOptions): PreferenceStore {
  const inOrder = createQueues();
  const fileOf = (subject: string): string => join(directory, `${ownerOf(subject)}.json`);
  // Once for each process: whoever fails to remove them can still write.
  removeAbandoned(directory, date()).catch(() => undefined);

  return {
    read: (subject) => attempt(() => stored(fileOf(subject))),
    change: (subject, changes) =>
      inOrder(subject, () =>
        attempt(async () => {
          const file = fileOf(subject);
          const before = await stored(file);
          const after = withChanges(before, changes);
          if (Object.keys(after).length > 0) {
            // The subject is for administrators who are asked what is kept of a person.
            await replaceFile(file, `${JSON.stringify({ subject, preferences: after }, null, 2)}\n`);
          } else if (Object.keys(before).length > 0) {
            await unlink(file).catch(unless('ENOENT'));
            await flush(directory);
          }
          return after;
        }),
      ),
  };
}

function withChanges(before: StoredPreferences, changes: PreferenceChanges): StoredPreferences {
  const kept = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0));
  return preferencesSchema.parse(Object.fromEntries(kept));
}

/** What the file holds as far as this version knows it: one before or after it may have other keys and values. */
async function stored(file: string): Promise<StoredPreferences> {
  const text = await readFile(file, 'utf8').catch(unless('ENOENT'));
  if (text === undefined) return {};
  const content: unknown = JSON.parse(text);
  const values: unknown = typeof content === 'object' && content !== null ? Reflect.get(content, 'preferences') : undefined;
  if (typeof values !== 'object' || values === null) throw new Error(`${file} holds no preferences`);
  const known = preferenceNames.flatMap((name) => {
    const value = preferenceValues[name].safeParse(Reflect.get(values, name));
    return value.success ? [[name, value.data] as const] : [];
  });
  return preferencesSchema.parse(Object.fromEntries(known));
}

async function attempt<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw new AppError('ERR_PREF_001', { cause });
  }
}
