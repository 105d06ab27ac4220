/**
 * Parameters as a caller wrote them: where they come from and how Prometheus writes times and durations
 * (https://prometheus.io/docs/prometheus/latest/querying/api/). Knows no endpoint, no scope and no limit but the body's.
 */
import { durationMilliseconds } from '../contracts/notation';
import { AppError } from '../errors/app-error';
import { readText } from '../http/body';

/** A query may have 16 KiB by default; no form of ours comes near these. */
const maxBodyBytes = 256 * 1024;
const maxParameters = 1000;

/**
 * Reads URL and form body into one set. Prometheus gives the body precedence; reading both into one makes precedence
 * meaningless, because contradictions are refused (`single`).
 *
 * @throws AppError `ERR_QUERY_001` for a body that is not a form, `ERR_QUERY_003` for one that is too large
 */
export async function readParameters(request: Request, signal: AbortSignal): Promise<URLSearchParams> {
  // Detached from the URL, which would be written anew with every parameter that is added.
  const parameters = new URLSearchParams(new URL(request.url).search);
  if (request.method !== 'POST' || request.body === null) return parameters;
  const body = await readText(request.body, maxBodyBytes, signal);
  if (body === undefined) throw new AppError('ERR_QUERY_003', { detail: `The body is larger than the ${maxBodyBytes} bytes allowed.` });
  if (body === '') return parameters;
  if (request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    throw refused('The body must be a form (application/x-www-form-urlencoded).');
  }
  for (const [name, value] of new URLSearchParams(body)) parameters.append(name, value);
  if (parameters.size > maxParameters) throw new AppError('ERR_QUERY_003', { detail: `There are ${parameters.size} parameters; ${maxParameters} are allowed.` });
  return parameters;
}

/**
 * The value of a parameter that may be given once; an empty one counts as absent, as Prometheus has it.
 *
 * @throws AppError `ERR_QUERY_001` when it is given with different values
 */
export function single(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = new Set(parameters.getAll(name));
  if (others.length > 0) throw refused(`The parameter ${name} is given more than once, with different values.`);
  return value === '' ? undefined : value;
}

/** Longer than any time or duration: whatever a pattern does with a text, it does it with a short one. */
const maxTextLength = 64;

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;
const duration = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/;

/** End of the year 9999, the last that RFC 3339 can write. */
const lastSecond = 253_402_300_799;

/**
 * A moment, in seconds since the epoch to the millisecond: RFC 3339 or a number.
 *
 * @throws AppError `ERR_QUERY_001`
 */
export function parseTime(name: string, text: string): number {
  const seconds = text.length > maxTextLength ? Number.NaN : decimal.test(text) ? Number(text) : rfc3339.test(text) ? Date.parse(text) / 1000 : Number.NaN;
  if (!(Math.abs(seconds) <= lastSecond)) throw refused(`The parameter ${name} must be a time: RFC 3339 or seconds since 1970.`);
  return Math.round(seconds * 1000) / 1000;
}

/**
 * A duration in seconds, above zero: a number or Prometheus's notation (`1h30m`).
 *
 * @throws AppError `ERR_QUERY_001`
 */
export function parseDuration(name: string, text: string): number {
  if (text.length > maxTextLength) throw refused(`The parameter ${name} must be a duration of at most ${maxTextLength} characters.`);
  const seconds = decimal.test(text) ? Number(text) : duration.test(text) ? durationMilliseconds(text) / 1000 : Number.NaN;
  if (!(seconds > 0) || seconds > lastSecond) throw refused(`The parameter ${name} must be a duration above zero, such as 30 or 1m.`);
  return seconds;
}

/** A request that cannot be answered as it is; the text may be shown to its sender. */
export function refused(detail: string): AppError {
  return new AppError('ERR_QUERY_001', { detail });
}
