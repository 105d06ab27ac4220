/** Shape of every request handler in `lib/`: web-standard types only, so that it runs under Next, Node or a test. */
import type { Logger } from '../telemetry/logger';

export interface RouteContext {
  /** Path parameters, percent-decoded; a rest parameter (`*`) is joined by `/`. */
  readonly params: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Logger bound to the request id. */
  readonly log: Logger;
  /** Headers that the response gets whatever the outcome, errors included: a refreshed session's `Set-Cookie`. */
  readonly responseHeaders: Headers;
}

/**
 * Answers one request. `request.signal` is aborted when the caller goes away. Throws AppError for everything that the
 * catalogue knows; the router turns it into a response.
 */
export type Handler = (request: Request, context: RouteContext) => Promise<Response>;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Pattern such as `/api/v1/projects/:project/dashboards/:name`; a last segment `*` takes the rest. */
  readonly path: string;
  readonly handler: Handler;
}
