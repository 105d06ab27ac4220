'use client';
/** Next as the components' host: its router, its links, this app's API. */
import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import Link from 'next/link';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { ApiProvider } from '../../components/api/ApiProvider';
import { HostProvider, type Host, type HostLinkProps } from '../../components/host/HostProvider';
import { texts } from '../../components/texts';
import { defaultApiBase, signInPath } from '../../lib/contracts/links';

declare global {
  interface Window {
    /** Where goober, the style library inside Perses's notifications, looks for the nonce. */
    __nonce__?: string;
  }
}

// The nonce of this document: a later navigation's response would name another one, which the browser does not accept.
const nonce = typeof document === 'undefined' ? undefined : document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
if (nonce !== undefined) {
  window.__nonce__ = nonce;
}

export function NextHost({ children }: { readonly children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const query = useSearchParams().toString();
  const search = query === '' ? '' : `?${query}`;
  const hash = useHash();

  const host = useMemo<Host>(
    () => ({
      apiBase: defaultApiBase,
      location: { pathname, search, hash },
      navigate: (to, { replace = false } = {}) => {
        if (new URL(to, window.location.href).pathname !== pathname) {
          router[replace ? 'replace' : 'push'](to);
        } else if (replace) {
          // Next follows the browser's own history calls; its router would ask the server for a page that is the same.
          window.history.replaceState(null, '', to);
        } else {
          window.history.pushState(null, '', to);
        }
      },
      setTitle: (title) => {
        document.title = texts.common.pageTitle(title);
      },
      Link: NextLink,
      signInHref: signInPath,
      nonce,
    }),
    [router, pathname, search, hash],
  );

  return (
    <HostProvider host={host}>
      <ApiProvider>{children}</ApiProvider>
    </HostProvider>
  );
}

/** Next itself tells of paths and queries only. */
function useHash(): string {
  return useSyncExternalStore(
    followHash,
    () => window.location.hash,
    () => '',
  );
}

function followHash(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

function NextLink({ href, className, children }: HostLinkProps) {
  return (
    <Link href={href} prefetch={false} {...(className === undefined ? {} : { className })}>
      {children}
    </Link>
  );
}
