/**
 * One cache of API answers for everything of ours on the host's page, so that a card, a tab and a page ask once; gone
 * with the last of them.
 */
import { useEffect } from 'react';
import { createApiCache, type ApiCache } from '../../components/api/api-cache';

interface SharedCache {
  readonly cache: ApiCache;
  /** Keeps the cache until the returned function is called. */
  readonly hold: () => () => void;
}

const caches = new Map<string, SharedCache>();

function sharedCache(apiBase: string): SharedCache {
  const known = caches.get(apiBase);
  if (known !== undefined) {
    return known;
  }
  const cache = createApiCache();
  let holders = 0;
  const shared: SharedCache = {
    cache,
    hold: () => {
      holders += 1;
      return () => {
        holders -= 1;
        // After this commit: what reads the cache lets go of it in the same one, and another part of ours may follow.
        queueMicrotask(() => {
          if (holders === 0) {
            cache.clear();
          }
        });
      };
    },
  };
  caches.set(apiBase, shared);
  return shared;
}

export function useSharedCache(apiBase: string): ApiCache {
  const { cache, hold } = sharedCache(apiBase);
  useEffect(hold, [hold]);
  return cache;
}
