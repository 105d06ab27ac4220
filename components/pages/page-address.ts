/** Which page of the app a path names. Pure; knows no router. */
import { catalogPath } from '../../lib/contracts/links';
import { isShortcut, type Shortcut } from '../../lib/contracts/shortcuts';

export type PageAddress =
  | { readonly page: 'home' | 'catalog' | 'help' | 'status' | 'manage' | 'new' | 'edit' }
  | { readonly page: 'dashboard'; readonly project: string; readonly name: string }
  | { readonly page: 'project'; readonly namespace: string }
  | { readonly page: 'shortcut'; readonly shortcut: Shortcut }
  | { readonly page: 'unknown' };

const unknown = { page: 'unknown' } as const;

/** @param pathname of the page, percent-encoded as in the address */
export function readPageAddress(pathname: string): PageAddress {
  const segments = decodeSegments(pathname);
  if (segments === undefined || `/${segments[0] ?? ''}` !== catalogPath) {
    return unknown;
  }
  const [, first, second, third, ...rest] = segments;
  if (first === undefined) {
    return { page: 'home' };
  }
  if (second === undefined) {
    if (first === 'dashboards') {
      return { page: 'catalog' };
    }
    return first === 'help' || first === 'status' || first === 'manage' ? { page: first } : isShortcut(first) ? { page: 'shortcut', shortcut: first } : unknown;
  }
  if (first === 'manage' && third === undefined) {
    return second === 'new' || second === 'edit' ? { page: second } : unknown;
  }
  if (first === 'projects' && third === undefined) {
    return { page: 'project', namespace: second };
  }
  return first === 'dashboards' && third !== undefined && rest.length === 0 ? { page: 'dashboard', project: second, name: third } : unknown;
}

/** Segments without the empty one that a slash at the end makes; undefined where a percent sign starts no code. */
function decodeSegments(pathname: string): string[] | undefined {
  try {
    return pathname.replace(/\/$/, '').split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
