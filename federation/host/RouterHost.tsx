/**
 * A host's router as the components' host: ODH Dashboard's `BrowserRouter` around us says where we are, and follows our
 * links. Knows no page of the host.
 */
import { useMemo, type MouseEvent, type ReactNode } from 'react';
import { Link as RouterLink, useLocation, useNavigate } from 'react-router-dom';
import { ApiProvider } from '../../components/api/ApiProvider';
import { HostProvider, type Host, type HostLinkProps } from '../../components/host/HostProvider';
import { proxiedApiBase } from '../../lib/contracts/links';
import { useSharedCache } from './shared-cache';

export interface EmbeddingProps {
  /** Address at which the host proxies our API; the one of the documented configuration when absent. */
  readonly apiBase?: string | undefined;
  /** Called in place of the host's router with every address that a person goes to. */
  readonly onNavigate?: ((to: string) => void) | undefined;
}

interface RouterHostProps extends EmbeddingProps {
  /** Names the page; a part of a host's page does not. */
  readonly setTitle?: (title: string) => void;
  readonly children: ReactNode;
}

const leaveTitle = (): void => undefined;

/** For whatever asks the API. */
export function RouterHost({ children, ...embedding }: RouterHostProps) {
  const host = useRouterHost(embedding);
  const cache = useSharedCache(host.apiBase);
  return (
    <HostProvider host={host}>
      <ApiProvider cache={cache}>{children}</ApiProvider>
    </HostProvider>
  );
}

export function useRouterHost({ apiBase = proxiedApiBase, onNavigate, setTitle = leaveTitle }: Omit<RouterHostProps, 'children'>): Host {
  const { pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  return useMemo<Host>(
    () => ({
      apiBase,
      location: { pathname, search, hash },
      navigate: (to, { replace = false } = {}) => (onNavigate === undefined ? void navigate(to, { replace }) : onNavigate(to)),
      setTitle,
      Link: onNavigate === undefined ? HostLink : reportingLink(onNavigate),
      // Who signs people in is the host: a page loaded anew goes through it.
      signInHref: (returnTo) => returnTo,
    }),
    [apiBase, pathname, search, hash, navigate, onNavigate, setTitle],
  );
}

function HostLink({ href, className, children }: HostLinkProps) {
  return (
    <RouterLink to={href} {...(className === undefined ? {} : { className })}>
      {children}
    </RouterLink>
  );
}

/** A link that tells the host where it leads; with a key held down it is the browser's, as any link. */
function reportingLink(onNavigate: (to: string) => void) {
  return function ReportingLink({ href, className, children }: HostLinkProps) {
    const report = (event: MouseEvent) => {
      if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        onNavigate(href);
      }
    };
    return (
      <a href={href} className={className} onClick={report}>
        {children}
      </a>
    );
  };
}
