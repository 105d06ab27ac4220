/**
 * Emotion's styles for all that Perses draws on a page. One cache: a viewer that comes after another finds its styles
 * made, and a visit adds no style element to those that the visit before has left.
 */
import createCache, { type EmotionCache } from '@emotion/cache';

const caches = new Map<string | undefined, EmotionCache>();

/** @param nonce of the page's content security policy, if it has one */
export function styleCache(nonce: string | undefined): EmotionCache {
  const known = caches.get(nonce);
  if (known !== undefined) {
    return known;
  }
  const cache = createCache({ key: 'odh-obs', ...(nonce === undefined ? {} : { nonce }) });
  caches.set(nonce, cache);
  return cache;
}
