/** Lets changes in only as JSON where the caller is a program. Knows no route. */
import type { Handler } from './handler';
import { plainError } from './outcome';

/**
 * Handler that answers 415, as the Perses server does, to a body of another type that comes with a bearer token: a form of
 * some page can send those, JSON it cannot. Pages with a session are known by their `Origin`.
 */
export function jsonOnly(inner: Handler): Handler {
  return (request, context) => {
    const [type = ''] = (request.headers.get('content-type') ?? '').split(';', 1);
    return request.headers.has('authorization') && type.trim().toLowerCase() !== 'application/json'
      ? Promise.resolve(plainError(415, 'bad_data', 'Send the body with content-type application/json.', context.requestId))
      : inner(request, context);
  };
}
