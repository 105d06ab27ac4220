/** The design tokens in force, followed live: a host switches to dark by a class on the root element. */
import { useMemo, useSyncExternalStore } from 'react';
import { darkClass, readTokens, type Tokens } from './colors';

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class'] });
  return () => observer.disconnect();
}

export function useTokens(): Tokens {
  const dark = useSyncExternalStore(
    subscribe,
    () => document.documentElement.classList.contains(darkClass),
    () => false,
  );
  return useMemo(() => readTokens(document.documentElement, dark), [dark]);
}
