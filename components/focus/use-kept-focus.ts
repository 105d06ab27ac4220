/**
 * Keeps the focus near where it was when what had it goes away, as a button does with the state that it ends: a person
 * with a keyboard goes on from there rather than from the top of the page.
 */
import { useEffect, type RefObject } from 'react';

/**
 * The focus goes to the nearest element around what went away that stays and has a `tabIndex`, such as -1.
 *
 * @param ref around what may go away
 * @param home takes the focus where no such element is in between
 */
export function useKeptFocus(ref: RefObject<HTMLElement>, home: RefObject<HTMLElement>): void {
  useEffect(() => {
    const container = ref.current;
    if (container === null) {
      return;
    }
    /** What has the focus, then the elements around it up to the container. */
    let path: HTMLElement[] = [];
    const remember = ({ target }: FocusEvent): void => {
      path = [];
      for (let element = target; element instanceof HTMLElement; element = element.parentElement) {
        path.push(element);
        if (element === container) break;
      }
    };
    const restore = (): void => {
      const [focused, ...around] = path;
      if (focused?.isConnected !== false || (document.activeElement !== null && document.activeElement !== document.body)) {
        return;
      }
      (around.find((element) => element.isConnected && element.hasAttribute('tabindex')) ?? home.current)?.focus({ preventScroll: true });
    };
    // Who leaves by a click on nothing has left.
    const forget = (): void => {
      path = [];
    };
    const observer = new MutationObserver(restore);
    observer.observe(container, { childList: true, subtree: true });
    container.addEventListener('focusin', remember);
    document.addEventListener('pointerdown', forget);
    return () => {
      observer.disconnect();
      container.removeEventListener('focusin', remember);
      document.removeEventListener('pointerdown', forget);
    };
  }, [ref, home]);
}
