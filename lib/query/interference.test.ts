/**
 * Whether another project's data can change what a caller sees, in any way: the same enforced queries on a Prometheus
 * that holds everybody's series and on one that holds the caller's only must give the same answers.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '../access/scope';
import { expressionOf, metricNames } from '../promql/testing/expressions';
import { callersOf, type Callers } from './testing/caller';
import { startPrometheus, type RunningPrometheus } from './testing/prometheus';

const anna: Scope = { kind: 'namespaces', namespaces: ['team-a', 'team.a2'] };
const end = Math.floor(Date.now() / 1000);

/** Every metric of the generator, for each of the projects; `teamXa2` is what an unescaped dot would match. */
function history(namespaces: readonly string[]): string {
  const lines: string[] = [];
  for (const [index, name] of metricNames.entries()) {
    lines.push(`# TYPE ${name} gauge`);
    for (const namespace of namespaces) {
      const labels = namespace === '' ? 'job="x"' : `namespace="${namespace}",job="x"`;
      for (let time = end - 1800; time <= end; time += 60) lines.push(`${name}{${labels}} ${index + namespace.length + (time % 7)} ${time}`);
    }
  }
  return [...lines, '# EOF', ''].join('\n');
}

const own = ['team-a', 'team.a2'];
const prometheuses: RunningPrometheus[] = [];
let mine: Callers;
let everybodys: Callers;

beforeAll(async () => {
  prometheuses.push(...(await Promise.all([own, [...own, 'team-b', 'teamXa2', '']].map((namespaces) => startPrometheus({ history: history(namespaces) })))));
  const [mineAlone, all] = prometheuses;
  const limits = { perMinute: 1e6, queryDepth: 200, matchers: 1e4, queryBytes: 1e6 };
  mine = callersOf({ url: mineAlone?.url ?? '', limits });
  everybodys = callersOf({ url: all?.url ?? '', limits });
}, 60_000);

afterAll(async () => {
  await Promise.all([mine.upstream.close(), everybodys.upstream.close()]);
  await Promise.all(prometheuses.map((prometheus) => prometheus.stop()));
});

interface Answer {
  readonly status: string;
  readonly code?: string;
  readonly data?: { readonly result: readonly unknown[] };
}

/** The answer, its series in an order that does not depend on the storage. */
async function answerOf(callers: Callers, query: string): Promise<{ status: string; code: string | undefined; series: string[] }> {
  const response = await callers.send(anna, 'api/v1/query', { query, time: String(end) });
  // The shape of Prometheus's answers and of our errors.
  const { status, code, data } = (await response.json()) as Answer;
  return { status, code, series: (data?.result ?? []).map((series) => JSON.stringify(series)).sort() };
}

/** Pieces that mean something to a lexer, in any order: what the parsers on both sides might read differently. */
const pieces = ['up', 'sum', '_x', '{', '}', '(', ')', '[5m]', '"', "'", '`', '\\', '#', '\r', '\n', ',', ' or ', '+', '-', 'namespace="team-b"', 'job=~".*"', ' by (namespace) ', ' offset 1m', '@ 0', '1', '\u00a0', '=', '!='];
const soup = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 9 }).map((parts) => parts.join(''));
/** The same inside of a valid query, where more of it gets through. */
const insertion = fc.tuple(fc.constantFrom('up ', 'up{', 'up{job="', "up{job='", 'sum(up) #', '(up # '), soup, fc.constantFrom('', '}', '"}', "'}", ')', '\n)')).map((parts) => parts.join(''));

const seed = Date.now() % 2 ** 31;

test.each([
  // Deep ones seldom have the types that Prometheus asks for.
  ['built from the grammar', expressionOf(1), 700],
  ['made of scattered pieces', fc.oneof(soup, insertion), 1500],
] as const)(
  `nothing of another project shows through queries %s (seed ${seed})`,
  async (_, queries, numRuns) => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(queries, async (query) => {
        const [alone, among] = await Promise.all([answerOf(mine, query), answerOf(everybodys, query)]);
        expect(among).toEqual(alone);
        if (alone.status === 'success' && alone.series.length > 0) answered += 1;
      }),
      { numRuns, seed },
    );
    expect(answered).toBeGreaterThan(20);
  },
  60_000,
);
