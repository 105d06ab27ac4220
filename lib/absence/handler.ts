/**
 * `GET /api/absence?query=…&start=…&end=…&datasource=…`: why a query was answered with nothing. What it looks up is asked of the query
 * handler, like a page's own queries: the same scope, limits, places and credential apply, so that the answer is about the
 * caller's projects only. Knows no metric by name.
 */
import { z } from 'zod';
import { scopeIncludes, type ResolveScope, type Scope } from '../access/scope';
import type { DatasourceConfig } from '../config/schema';
import type { Absence } from '../contracts/absence';
import { datasourceProxyPath, defaultApiBase } from '../contracts/links';
import { kubernetesName } from '../contracts/notation';
import { AppError } from '../errors/app-error';
import type { RouteContext } from '../http/handler';
import { jsonResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';
import type { Identity } from '../identity/identity';
import { PromqlRefusal } from '../promql/refusal';
import { vectorSelectors, type VectorSelector } from '../promql/metrics';
import { exporterOf } from './exporters';

export interface AbsenceHandlerDependencies {
  readonly resolveScope: ResolveScope;
  /** Handler of the Prometheus API, which enforces what the caller may see. */
  readonly query: IdentityHandler;
  readonly datasources: readonly DatasourceConfig[];
  /** Now, in milliseconds since the epoch. */
  readonly date: () => number;
}

const hour = 3600;
const day = 24 * hour;

/** How far back is looked for data, and how exactly it is dated, in seconds. */
const lookBacks = [
  { within: '24h', range: day, step: 900 },
  { within: '7d', range: 7 * day, step: hour },
] as const;
const longest = 30 * day;

/** A query reads a few metrics; those beyond are not looked for. */
const mostSelectors = 6;

/** Points at which a range longer than a day is looked at. */
const samples = 48;

/** https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview */
const seriesAnswer = z.object({ data: z.array(z.unknown()) });
const resultAnswer = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.tuple([z.number(), z.string()])).default([]) })),
  }),
});

/**
 * Handler of the diagnosis.
 *
 * Throws AppError: `ERR_ACCESS_001` for a caller without projects, `ERR_DATA_002` when there is no such metrics backend,
 * `ERR_QUERY_001` for a query or a time range that is not valid, and what the query handler throws.
 */
export function createAbsenceHandler({ resolveScope, query: answerQuery, datasources, date }: AbsenceHandlerDependencies): IdentityHandler {
  return async (request, context, identity) => {
    const scope = await resolveScope(identity);
    if (scope.kind === 'none') throw new AppError('ERR_ACCESS_001');
    const { searchParams } = new URL(request.url);
    const named = searchParams.get('datasource');
    const datasource = datasources.find((candidate) => (named === null ? candidate.default : candidate.name === named));
    if (datasource === undefined) throw new AppError('ERR_DATA_002');
    const { selectors, start, end } = readRequest(searchParams);

    const foreign = foreignProjects(selectors, scope, datasource.scopeLabel);
    if (foreign.length > 0) return jsonResponse({ reason: 'no-access', projects: foreign } satisfies Absence);

    const ask = asker(answerQuery, datasource, request, context, identity);
    return jsonResponse((await explain(ask, selectors, { start, end, now: Math.floor(date() / 1000) })) satisfies Absence);
  };
}

interface Times {
  /** In seconds since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly now: number;
}

async function explain(ask: Ask, selectors: readonly VectorSelector[], { start, end, now }: Times): Promise<Absence> {
  const missing = await missingIn(ask, selectors, start, end);
  if (missing.length === 0) return { reason: 'no-match' };

  for (const { within, range, step } of lookBacks) {
    const text = missing.map((selector) => `count(present_over_time(${selector.text}[${step}s]))`).join(' or ');
    const result = await ask.range(text, now - range, now, step);
    const last = Math.max(...result.flatMap(({ values }) => values.map(([time]) => time)));
    if (Number.isFinite(last)) {
      // Found where it was looked for: a longer step had missed it.
      return last >= start && last <= end ? { reason: 'no-match' } : { reason: 'another-time', last: last * 1000, within };
    }
  }
  if (await ask.hasSeries(missing.map(({ text }) => text), now - longest, now)) return { reason: 'another-time', within: '30d' };

  const metrics = [...new Set(missing.flatMap(({ name }) => name ?? []))];
  if (metrics.length === 0 || (await ask.hasSeries(metrics, now - longest, now))) return { reason: 'nothing-chosen', metrics };
  return { reason: 'not-emitted', metrics, exporters: [...new Set(metrics.flatMap((metric) => exporterOf(metric) ?? []))] };
}

/** The selectors without a sample in a time range. */
async function missingIn(ask: Ask, selectors: readonly VectorSelector[], start: number, end: number): Promise<VectorSelector[]> {
  const length = end - start;
  const [first, step, window] = length <= day ? [end, length, length] : [start, Math.ceil(length / samples), 900];
  const text = selectors.map((selector, index) => `label_replace(count(present_over_time(${selector.text}[${window}s])), "selector", "${index}", "", "")`).join(' or ');
  const found = new Set((await ask.range(text, first, end, step)).map(({ metric }) => metric['selector']));
  return selectors.filter((_selector, index) => !found.has(String(index)));
}

/** The projects that the selectors name, where none of them is the caller's. */
function foreignProjects(selectors: readonly VectorSelector[], scope: Scope, label: string): string[] {
  const named = selectors.flatMap(({ matchers }) => matchers.flatMap((matcher) => namedValues(matcher, label)));
  return named.some((namespace) => scopeIncludes(scope, namespace)) ? [] : [...new Set(named)].sort();
}

/** Values that a matcher of the label names one by one: `namespace="a"` or `namespace=~"a|b"`, as variables write it. */
function namedValues(matcher: string, label: string): string[] {
  const [, name, operator, text = ''] = /^\s*(\w+)\s*(=~?)\s*["'`](.*)["'`]\s*$/.exec(matcher) ?? [];
  if (name !== label) return [];
  const values = operator === '=' ? [text] : text.replace(/^\((.*)\)$/, '$1').split('|').map((value) => value.replaceAll('\\', ''));
  return values.every((value) => kubernetesName.test(value)) ? values : [];
}

function readRequest(parameters: URLSearchParams): { selectors: VectorSelector[]; start: number; end: number } {
  const one = (name: string): string => {
    const [value, ...others] = parameters.getAll(name);
    if (value === undefined || others.length > 0) throw new AppError('ERR_QUERY_001', { detail: `The parameter "${name}" is expected once.` });
    return value;
  };
  const second = (name: string): number => {
    const value = one(name);
    if (!/^\d{1,12}(\.\d{1,3})?$/.test(value)) throw new AppError('ERR_QUERY_001', { detail: `The parameter "${name}" is not a time in seconds since the epoch.` });
    return Math.floor(Number(value));
  };
  const [start, end] = [second('start'), second('end')];
  if (start >= end) throw new AppError('ERR_QUERY_001', { detail: 'The time range ends before it starts.' });
  try {
    const selectors = vectorSelectors(one('query')).slice(0, mostSelectors);
    if (selectors.length === 0) throw new AppError('ERR_QUERY_001', { detail: 'The query reads no metric.' });
    return { selectors, start, end };
  } catch (error) {
    throw error instanceof PromqlRefusal ? new AppError('ERR_QUERY_001', { detail: error.message }) : error;
  }
}

interface Ask {
  readonly range: (query: string, start: number, end: number, step: number) => Promise<z.output<typeof resultAnswer>['data']['result']>;
  readonly hasSeries: (selectors: readonly string[], start: number, end: number) => Promise<boolean>;
}

function asker(answerQuery: IdentityHandler, datasource: DatasourceConfig, { url, signal }: Request, context: RouteContext, identity: Identity): Ask {
  const post = async (endpoint: string, fields: readonly [string, string][]): Promise<unknown> => {
    const address = new URL(`${defaultApiBase}${datasourceProxyPath(datasource.name)}/${endpoint}`, url);
    const asked = new Request(address, { method: 'POST', body: new URLSearchParams(fields.map(([name, value]) => [name, value])), signal });
    return (await answerQuery(asked, { ...context, params: { datasource: datasource.name, '*': endpoint } }, identity)).json();
  };
  const read = <Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> => {
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw new AppError('ERR_DATA_001', { cause: parsed.error });
    return parsed.data;
  };
  return {
    range: async (query, start, end, step) =>
      read(resultAnswer, await post('api/v1/query_range', [['query', query], ['start', String(start)], ['end', String(end)], ['step', String(step)]])).data.result,
    hasSeries: async (selectors, start, end) =>
      read(seriesAnswer, await post('api/v1/series', [...selectors.map((selector): [string, string] => ['match[]', selector]), ['start', String(start)], ['end', String(end)], ['limit', '1']])).data.length > 0,
  };
}
