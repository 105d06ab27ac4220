/**
 * What the surrounding app gives to every component: where the API is, where we are, how to go elsewhere.
 *
 * Components take all of it from here, so that they run in Next and inside a host's router alike. Knows no router.
 */
import { createContext, useContext, type ComponentType, type ReactNode } from 'react';

export interface HostLocation {
  /** Path of the page, without the query. */
  readonly pathname: string;
  /** Query of the page with its leading `?`, or an empty string. */
  readonly search: string;
  /** Fragment of the page with its leading `#`, or an empty string. */
  readonly hash: string;
}

export interface HostLinkProps {
  readonly href: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export interface Host {
  /** Address below which the API answers, without a slash at the end: `/api` standalone. */
  readonly apiBase: string;
  readonly location: HostLocation;
  /** Goes to a path of the app with its query; `replace` leaves no entry in the history. */
  readonly navigate: (to: string, options?: { readonly replace?: boolean }) => void;
  /** Names the page in the browser's tab and history. */
  readonly setTitle: (title: string) => void;
  /** A link that the surrounding router follows without loading the page anew. */
  readonly Link: ComponentType<HostLinkProps>;
  /** Address that signs in again and then returns to a path of the app. */
  readonly signInHref: (returnTo: string) => string;
  /** Nonce of the page's content security policy, for styles that are made while the page runs. */
  readonly nonce?: string | undefined;
}

const HostContext = createContext<Host | undefined>(undefined);

export function HostProvider({ host, children }: { readonly host: Host; readonly children: ReactNode }) {
  return <HostContext.Provider value={host}>{children}</HostContext.Provider>;
}

export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === undefined) {
    throw new Error('A component of this app was rendered outside HostProvider.');
  }
  return host;
}
