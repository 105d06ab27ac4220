/**
 * Tells assistive technology that a page or a part of it is loading. Drawn empty first: what stands in a live region from
 * the start is not said. What loads at once is not worth a word, and what loads in steps is said once.
 */
import { useEffect, useState } from 'react';

/** In milliseconds. */
const worthSaying = 500;
const stillKnown = 10_000;

/** When something was said last, in milliseconds since the page was opened: its next step is another place on the page. */
const saidAt = new Map<string, number>();

/** @param text what loads; stands outside of what is `aria-busy`, from where nothing is said */
export function LoadingStatus({ text }: { readonly text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => {
      const before = saidAt.get(text);
      if (before === undefined || performance.now() - before > stillKnown) {
        setSaid(text);
      }
      saidAt.set(text, performance.now());
    }, worthSaying);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div role="status" className="pf-v6-screen-reader" data-testid="loading-status">
      {said}
    </div>
  );
}
