/**
 * Parameters that are safe to send: parsed, within the limits, limited to the scope. The upstream request is built from
 * what these methods return and from nothing else.
 *
 * Knows what a kind of parameter means, not which endpoint has which (endpoints.ts), and nothing of PromQL's syntax.
 */
import type { Limits } from '../config/schema';
import { AppError } from '../errors/app-error';
import { enforce, enforceSelector, scopeSelector, type QueryScope } from '../promql/enforce';
import { PromqlRefusal } from '../promql/refusal';
import { parseDuration, parseTime, refused, single } from './parameters';

export type UpstreamParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface CheckContext {
  readonly scope: QueryScope;
  readonly scopeLabel: string;
  readonly limits: Limits;
  /** Now, in milliseconds since the epoch. */
  readonly date: () => number;
}

export type CheckedParameters = ReturnType<typeof checkedParameters>;

/** Every method throws AppError: `ERR_QUERY_001` when a value is not allowed, `ERR_QUERY_003` when it asks for too much. */
export function checkedParameters(given: URLSearchParams, { scope, scopeLabel, limits, date }: CheckContext) {
  const options = { label: scopeLabel, limits };
  const optional = <T>(name: string, parse: (name: string, text: string) => T): T | undefined => {
    const text = single(given, name);
    return text === undefined ? undefined : parse(name, text);
  };
  const required = <T>(name: string, parse: (name: string, text: string) => T): T => {
    const value = optional(name, parse);
    if (value === undefined) throw refused(`The parameter ${name} is missing.`);
    return value;
  };
  const assertWindow = (start: number, end: number): void => {
    if (end < start) throw refused('The parameter end is before start.');
    const longest = limits.range / 1000;
    if (end - start > longest) throw tooLarge(`The time range is ${end - start} s; ${longest} s are allowed.`);
  };
  const texts = (name: string): string[] => {
    const values = given.getAll(name);
    if (values.length > limits.matchers) throw tooLarge(`The parameter ${name} is given ${values.length} times; ${limits.matchers} are allowed.`);
    const bytes = values.reduce((sum, value) => sum + Buffer.byteLength(value), 0);
    if (bytes > limits.queryBytes) throw tooLarge(`The values of ${name} have ${bytes} bytes; ${limits.queryBytes} are allowed.`);
    return values;
  };

  return {
    /** `query`, limited to the scope. */
    query: (): string => required('query', (_, text) => promql(() => enforce(text, scope, options))),

    /** `query`, checked but unchanged: for endpoints that read no series. */
    queryText: (): string => required('query', (_, text) => promql(() => enforce(text, { kind: 'all' }, options))),

    /** `match[]`, each limited to the scope; without any, the scope itself. */
    selectors(): string[] {
      const selectors = texts('match[]').map((text) => promql(() => enforceSelector(text, scope, options)));
      return selectors.length === 0 && scope.kind !== 'all' ? [scopeSelector(scope, scopeLabel)] : selectors;
    },

    /** `query`, `start`, `end` and `step` of a range query, which must be affordable at each of its points. */
    rangeQuery(): UpstreamParameters {
      const start = required('start', parseTime);
      const end = required('end', parseTime);
      const step = required('step', parseDuration);
      assertWindow(start, end);
      const points = Math.floor((end - start) / step);
      if (points > limits.points) throw tooLarge(`The query asks for ${points} points per series; ${limits.points} are allowed.`);
      const evaluation = { points: points + 1, range: (end - start) * 1000 };
      const query = required('query', (_, text) => promql(() => enforce(text, scope, options, evaluation)));
      return { query, start: String(start), end: String(end), step: String(step) };
    },

    /** `start` and `end` of a look-up. Prometheus takes all it has when they are missing; here it is the longest range. */
    window(): UpstreamParameters {
      const end = optional('end', parseTime) ?? date() / 1000;
      const start = optional('start', parseTime) ?? end - limits.range / 1000;
      assertWindow(start, end);
      return { start: String(start), end: String(end) };
    },

    time: (name: string): string | undefined => optional(name, (_, text) => String(parseTime(name, text))),

    /** A duration that Prometheus looks back for. */
    duration: (name: string): string | undefined =>
      optional(name, (_, text) => {
        const seconds = parseDuration(name, text);
        if (seconds * 1000 > limits.range) throw tooLarge(`The parameter ${name} is ${seconds} s; ${limits.range / 1000} s are allowed.`);
        return String(seconds);
      }),

    /** `timeout`: the caller's when it is shorter than the limit. */
    timeout: (): string => String(Math.min(optional('timeout', parseDuration) ?? Infinity, limits.timeout / 1000)),

    /** A whole number, zero or above. */
    count: (name: string): string | undefined =>
      optional(name, (_, text) => {
        if (!/^\d{1,9}$/.test(text)) throw refused(`The parameter ${name} must be a whole number.`);
        return text;
      }),

    /** A value from a list. */
    choice: (name: string, allowed: readonly string[]): string | undefined =>
      optional(name, (_, text) => {
        if (!allowed.includes(text)) throw refused(`The parameter ${name} must be one of: ${allowed.join(', ')}.`);
        return text;
      }),

    /** A text that the upstream only compares with names. */
    text: (name: string): string | undefined => (single(given, name) === undefined ? undefined : texts(name)[0]),

    /** Any number of such texts. */
    texts,
  };
}

function promql<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    // An EnforcementDefect passes: it is our mistake, answered as such and logged as an error.
    if (!(error instanceof PromqlRefusal)) throw error;
    throw error.reason === 'too-large' ? tooLarge(error.message) : refused(error.message);
  }
}

function tooLarge(detail: string): AppError {
  return new AppError('ERR_QUERY_003', { detail });
}
