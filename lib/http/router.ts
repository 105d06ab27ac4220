/**
 * Finds the handler for a request and wraps it: request id, errors to responses, one log line, metrics, headers that
 * every API response carries. Knows nothing of what the handlers do.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from '../telemetry/logger';
import type { Metrics } from '../telemetry/metrics';
import type { Route } from './handler';
import { outcomeOf, plainError, type Outcome } from './outcome';
import { pathSegments } from './path';
import { apiSecurityHeaders } from './security-headers';

export interface RouterDependencies {
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'requests' | 'requestDuration' | 'refusals'>;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
}

/** Answers every request, whatever happens; never throws. */
export type Router = (request: Request) => Promise<Response>;

interface CompiledRoute extends Route {
  readonly segments: readonly string[];
}

interface Match {
  /** Routes of the path, one for each method that it has. */
  readonly routes: readonly CompiledRoute[];
  readonly params: Readonly<Record<string, string>>;
}

const acceptableRequestId = /^[A-Za-z0-9_-]{8,64}$/;

/** Asked by machines every few seconds, as is what has not changed (304): nobody looks for these in the log. */
const quietRoute = /^(?:\/metrics$|\/api\/health\/)/;

const everyResponse = Object.entries(apiSecurityHeaders);

/** Label value for paths that no route has, so that made-up paths make no new series. */
const unmatched = 'unmatched';

export function createRouter(routes: readonly Route[], { log, metrics, now }: RouterDependencies): Router {
  const compiled = routes.map((route) => ({ ...route, segments: route.path.slice(1).split('/') }));

  return async (request) => {
    const started = now();
    const incomingId = request.headers.get('x-request-id');
    const requestId = incomingId !== null && acceptableRequestId.test(incomingId) ? incomingId : randomUUID();
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const match = matchPath(compiled, new URL(request.url).pathname);
    const route = match?.routes.find((candidate) => candidate.method === method);
    const pattern = match?.routes[0]?.path ?? unmatched;

    const responseHeaders = new Headers();
    let outcome: Outcome;
    if (match === undefined) {
      outcome = { response: plainError(404, 'not_found', 'There is nothing at this address.', requestId), level: 'info' };
    } else if (route === undefined) {
      const allow = allowedMethods(match.routes);
      outcome = { response: plainError(405, 'bad_data', `This address answers ${allow} only.`, requestId, { allow }), level: 'info' };
    } else {
      const context = { params: match.params, requestId, log: log.child({ requestId }), responseHeaders };
      try {
        const response = await route.handler(request.method === 'HEAD' ? new Request(request, { method, signal: request.signal }) : request, context);
        outcome = { response, level: quietRoute.test(pattern) || response.status === 304 ? 'debug' : 'info' };
      } catch (thrown) {
        outcome = outcomeOf(thrown, requestId, request.signal.aborted);
      }
    }

    const response = complete(outcome.response, requestId, responseHeaders, request.method === 'HEAD');
    const duration = now() - started;
    metrics.requests.inc({ route: pattern, method: route?.method ?? 'other', code: response.status });
    metrics.requestDuration.observe({ route: pattern }, duration / 1000);
    if (outcome.code !== undefined) {
      metrics.refusals.inc({ code: outcome.code });
    }
    log[outcome.level](
      {
        requestId,
        method: request.method,
        route: pattern,
        status: response.status,
        durationMs: Math.round(duration * 10) / 10,
        ...(outcome.code === undefined ? {} : { code: outcome.code }),
        ...(outcome.err === undefined ? {} : { err: outcome.err }),
      },
      'request',
    );
    return response;
  };
}

/** Routes of the first pattern that the path fits; routes of one pattern differ in their method only. */
function matchPath(routes: readonly CompiledRoute[], path: string): Match | undefined {
  const segments = pathSegments(path);
  if (segments === undefined) {
    return undefined;
  }
  for (const route of routes) {
    const params = matchSegments(route.segments, segments);
    if (params !== undefined) {
      return { routes: routes.filter((candidate) => candidate.path === route.path), params };
    }
  }
  return undefined;
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const takesRest = pattern.at(-1) === '*';
  if (takesRest ? segments.length < pattern.length : segments.length !== pattern.length) {
    return undefined;
  }
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (expected === '*') {
      params['*'] = segments.slice(index).join('/');
    } else if (expected.startsWith(':')) {
      params[expected.slice(1)] = segment;
    } else if (expected !== segment) {
      return undefined;
    }
  }
  return params;
}

function allowedMethods(routes: readonly Route[]): string {
  const methods = routes.map(({ method }): string => method);
  return (methods.includes('GET') ? ['GET', 'HEAD', ...methods.filter((method) => method !== 'GET')] : methods).join(', ');
}

/** Sets the headers that every response carries, on the response itself: a copy would cost as much as all the rest. */
function complete(response: Response, requestId: string, extra: Headers, withoutBody: boolean): Response {
  for (const [name, value] of everyResponse) {
    response.headers.set(name, value);
  }
  for (const [name, value] of extra) {
    response.headers.append(name, value);
  }
  response.headers.set('x-request-id', requestId);
  if (!withoutBody) {
    return response;
  }
  void response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}
