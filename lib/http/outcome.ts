/** Turns whatever a handler threw into a response and into what the log should say about it. */
import type { ErrorCode } from '../contracts/errors';
import { errorResponse, isAppError } from '../errors/app-error';

export interface Outcome {
  readonly response: Response;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly code?: ErrorCode;
  /** What was thrown, or the cause behind it; for the log. */
  readonly err?: unknown;
}

/** nginx's status for a caller who went away before the answer; nobody reads the response, logs and metrics do. */
const clientClosedRequest = 499;

/** What becomes of a request whose handler threw. The cause goes to the log and never into the response. */
export function outcomeOf(thrown: unknown, requestId: string, callerGone: boolean): Outcome {
  if (callerGone) {
    return { response: new Response(null, { status: clientClosedRequest }), level: 'info' };
  }
  if (isAppError(thrown)) {
    const response = errorResponse(thrown, requestId);
    const unexpected = response.status >= 500 || thrown.cause !== undefined;
    return {
      response,
      level: unexpected ? 'warn' : 'info',
      code: thrown.code,
      ...(thrown.cause === undefined ? {} : { err: thrown.cause }),
    };
  }
  return {
    response: plainError(500, 'internal', 'Something went wrong on our side. Try again; if it persists, tell an administrator the request id.', requestId),
    level: 'error',
    err: thrown,
  };
}

/**
 * An error that the catalogue does not list, because people do not meet it by using the product: a wrong address, a
 * wrong method, a defect. Prometheus's error shape all the same.
 */
export function plainError(status: number, errorType: string, error: string, requestId: string, headers: Record<string, string> = {}): Response {
  return Response.json({ status: 'error', errorType, error, message: error, requestId }, { status, headers: { 'cache-control': 'no-store', ...headers } });
}
