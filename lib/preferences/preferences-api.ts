/**
 * `GET` and `PUT /api/preferences`: what the caller prefers, and nobody else's. Where no store is configured the answer
 * says that the browser keeps it.
 */
import { createAllowance } from '../audit/allowance';
import { preferenceChangesSchema, type PreferencesAnswer, type StoredPreferences } from '../contracts/preferences';
import { AppError } from '../errors/app-error';
import { readJson } from '../http/body';
import { jsonResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';
import { assertSameOrigin } from '../identity/same-origin';
import { ownerOf, type PreferenceStore } from './store';

export interface PreferencesApiDependencies {
  readonly store: PreferenceStore | undefined;
  readonly publicUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface PreferencesApi {
  readonly get: IdentityHandler;
  /** Changes the keys of the body; of two changes of one key the last one holds. */
  readonly change: IdentityHandler;
}

/** Twice as much as all keys at their longest need in practice. */
const maxBodyBytes = 64 * 1024;
/** Changes of one person: opening a dashboard makes one. */
const perMinute = 240;

/**
 * The handlers throw AppError: `ERR_PREF_001` when the store cannot be used, `ERR_ACCESS_002` when another site sent the
 * change, `ERR_QUERY_001` and `ERR_QUERY_003` for an unsuitable body, `ERR_QUERY_004` for too many changes.
 */
export function createPreferencesApi({ store, publicUrl, now }: PreferencesApiDependencies): PreferencesApi {
  const allowed = createAllowance(perMinute, now);
  const answer = (subject: string, preferences: StoredPreferences): Response =>
    jsonResponse({ kept: 'server', owner: ownerOf(subject), preferences } satisfies PreferencesAnswer);

  return {
    get: async (_request, _context, { subject }) =>
      store === undefined ? jsonResponse({ kept: 'browser' } satisfies PreferencesAnswer) : answer(subject, await store.read(subject)),
    change: async (request, _context, { subject }) => {
      assertSameOrigin(request, publicUrl);
      if (store === undefined) throw new AppError('ERR_PREF_001', { detail: 'This installation keeps preferences in the browser.' });
      if (!allowed(subject)) {
        throw new AppError('ERR_QUERY_004', { detail: `${perMinute} changes per minute are allowed.`, headers: { 'retry-after': '60' } });
      }
      return answer(subject, await store.change(subject, await readJson(request, preferenceChangesSchema, maxBodyBytes)));
    },
  };
}
