/** Keeps a text that is not saved in the browser while it is edited. */
import { useEffect, useRef, useState } from 'react';
import type { Draft, Drafts } from './drafts';

/** Milliseconds without typing until the text is kept. */
const pause = 250;

/**
 * @param text undefined where there is nothing that is not saved
 * @returns whether the browser keeps it
 */
export function useDraft(drafts: Drafts, text: string | undefined, version: number): boolean {
  const [isKept, setIsKept] = useState(true);
  const pending = useRef<Omit<Draft, 'savedAt'>>();

  useEffect(() => {
    if (text === undefined) {
      pending.current = undefined;
      drafts.remove();
      return;
    }
    pending.current = { text, version };
    const keep = (): void => {
      if (pending.current !== undefined) setIsKept(drafts.write({ ...pending.current, savedAt: Date.now() }));
      pending.current = undefined;
    };
    const timer = setTimeout(keep, pause);
    // A page that is closed or loaded anew runs nothing later.
    window.addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', keep);
    };
  }, [drafts, text, version]);

  // Left before the pause was over.
  useEffect(
    () => () => {
      if (pending.current !== undefined) drafts.write({ ...pending.current, savedAt: Date.now() });
    },
    [drafts],
  );
  return isKept;
}
