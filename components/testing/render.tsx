/** For component tests: a host that remembers where it was sent, and the API at the network's edge. */
import { cleanup, configure, render, type RenderResult } from '@testing-library/react';
import { useMemo, useState, type ReactNode } from 'react';
import { http, HttpResponse, type HttpHandler } from 'msw';
import { setupServer, type SetupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Dashboard } from '../../lib/contracts/dashboard';
import { errorCatalogue, helpPath, type ErrorCode } from '../../lib/contracts/errors';
import { signInPath } from '../../lib/contracts/links';
import type { Me } from '../../lib/contracts/identity';
import type { ManagedProjects } from '../../lib/contracts/manage';
import type { PlatformStatus } from '../../lib/contracts/status';
import type { PreferencesAnswer } from '../../lib/contracts/preferences';
import { ApiProvider } from '../api/ApiProvider';
import { HostProvider, type Host, type HostLinkProps } from '../host/HostProvider';

// What is shown later may have to be compiled first, on a machine that compiles other tests beside.
configure({ asyncUtilTimeout: 20_000 });

/** jsdom's own origin. */
export const origin = 'http://localhost:3000';

/** The API of a test file, before each test: all is well, the browser keeps preferences, the person manages nothing, and nothing else is known; a call that the test did not foresee fails it. */
export function serveApi(): SetupServer {
  const server = setupServer(answersStatus({ state: 'working', sentence: 'All is well.', checked: 0 }), answersPreferences({ kept: 'browser' }), answersManagedProjects({ administrator: false, projects: [], creates: false }));
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => {
    cleanup();
    server.resetHandlers();
  });
  afterAll(() => server.close());
  return server;
}

export interface Rendered extends RenderResult {
  /** Every address the components went to, in order; `replace` stands before one that left no step in the history. */
  readonly visited: string[];
  /** Every title that the components gave to the page, in order. */
  readonly titles: string[];
}

export function renderInHost(children: ReactNode, address = '/observability'): Rendered {
  const visited: string[] = [];
  const titles: string[] = [];
  const rendered = render(
    <TestHost address={address} visited={visited} titles={titles}>
      {children}
    </TestHost>,
  );
  return Object.assign(rendered, { visited, titles });
}

interface TestHostProps {
  readonly address: string;
  readonly visited: string[];
  readonly titles: string[];
  readonly children: ReactNode;
}

function TestHost({ address, visited, titles, children }: TestHostProps) {
  const [current, setCurrent] = useState(address);
  const host = useMemo<Host>(() => {
    const { pathname, search, hash } = new URL(current, origin);
    return {
      apiBase: `${origin}/api`,
      location: { pathname, search, hash },
      navigate: (to, { replace = false } = {}) => {
        visited.push(replace ? `replace ${to}` : to);
        setCurrent(to);
      },
      setTitle: (title) => void titles.push(title),
      Link,
      signInHref: signInPath,
    };
  }, [current, visited, titles]);
  return (
    <HostProvider host={host}>
      <ApiProvider>{children}</ApiProvider>
    </HostProvider>
  );
}

function Link({ href, className, children }: HostLinkProps) {
  return (
    <a href={href} className={className}>
      {children}
    </a>
  );
}

export const scientist: Me = { subject: 'scientist', name: 'Sam', administrator: false, projects: ['llm-research', 'vision-lab'], platformProject: 'platform' };

export function testDashboard(name: string, annotations: Record<string, string> = {}): Dashboard {
  return {
    kind: 'Dashboard',
    metadata: { name, project: 'platform', version: 0, annotations },
    spec: { display: { name: `Dashboard ${name}`, description: `What ${name} answers` }, duration: '1h', panels: {}, layouts: [] },
  };
}

export const answersMe = (me: Me): HttpHandler => http.get(`${origin}/api/me`, () => HttpResponse.json(me));

export const answersStatus = (status: PlatformStatus): HttpHandler => http.get(`${origin}/api/status`, () => HttpResponse.json(status));

export const answersPreferences = (answer: PreferencesAnswer): HttpHandler => http.get(`${origin}/api/preferences`, () => HttpResponse.json(answer));

export const answersManagedProjects = (managed: ManagedProjects): HttpHandler => http.get(`${origin}/api/manage/projects`, () => HttpResponse.json(managed));

export const answersDashboards = (...dashboards: Dashboard[]): HttpHandler =>
  http.get(`${origin}/api/v1/dashboards`, () => HttpResponse.json(dashboards));

/** An endpoint that fails as the API fails. */
export function refuses(path: string, code: ErrorCode): HttpHandler {
  const { status, errorType, message, remedy } = errorCatalogue[code];
  const body = { status: 'error', errorType, error: message, code, remedy, help: helpPath(code), requestId: 'request-1' };
  return http.get(`${origin}${path}`, () => HttpResponse.json(body, { status }));
}
