/**
 * Whether another project's data can change what a caller sees, in any way: the same enforced queries on a Prometheus
 * that holds everybody's series and on one that holds the caller's only must give the same answers. Others' values are a
 * million times as large, so that they show even where no label of theirs is left.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopeOf, type Scope } from '../access/scope';
import { buckets, counters, gauges, jobs, queryOf } from '../promql/testing/expressions';
import { seed } from '../promql/testing/seed';
import { callersOf, type Callers } from './testing/caller';
import { startPrometheus, type RunningPrometheus } from './testing/prometheus';

const end = Math.floor(Date.now() / 1000);
const start = end - 7200;

/** Scoped by a regular expression with a dot in it, and by an equality. */
const projectsOf = { anna: ['team-a', 'team.a2'], bob: ['team-b'] } as const;
type Person = keyof typeof projectsOf;
const people = ['anna', 'bob'] as const;

/** `teamXa2` is what a dot that is not escaped matches; series without a namespace belong to nobody. */
const everybodys = [...projectsOf.anna, ...projectsOf.bob, 'teamXa2', ''];

/** In [1, 2) for Anna's projects, above a million for others; eighths, so that sums do not depend on their order. */
function valueOf(namespace: string, index: number, minute: number): number {
  const small = 1 + ((index * 3 + minute * 5 + namespace.length) % 8) / 8;
  return projectsOf.anna.some((own) => own === namespace) ? small : 1e6 * small;
}

/** Two hours of every metric that queries name, for each job of each namespace. */
function history(namespaces: readonly string[]): string {
  const lines: string[] = [];
  for (const [index, metric] of [...gauges, ...counters, buckets].entries()) {
    const grows = index >= gauges.length;
    lines.push(`# TYPE ${metric} gauge`);
    for (const namespace of namespaces) {
      for (const [nth, job] of jobs.entries()) {
        for (const le of metric === buckets ? ['1', '2', '+Inf'] : ['']) {
          const labels = [namespace === '' ? [] : `namespace="${namespace}"`, `job="${job}"`, le === '' ? [] : `le="${le}"`].flat().join(',');
          for (let minute = 0; minute <= 120; minute++) {
            const value = grows ? minute * le.length * valueOf(namespace, index + nth, 0) : valueOf(namespace, index + nth, minute);
            lines.push(`${metric}{${labels}} ${value} ${start + minute * 60}`);
          }
        }
      }
    }
  }
  return [...lines, '# EOF', ''].join('\n');
}

const prometheuses: RunningPrometheus[] = [];
let all: Callers;
let alone: Readonly<Record<Person, Callers>>;

beforeAll(async () => {
  const onHistoryOf = async (namespaces: readonly string[]): Promise<Callers> => {
    const prometheus = await startPrometheus({ history: history(namespaces) });
    prometheuses.push(prometheus);
    return callersOf({ url: prometheus.url, limits: { perMinute: 1e9, queryDepth: 200, matchers: 1e4, queryBytes: 1e6 } });
  };
  const [everybody, anna, bob] = await Promise.all([onHistoryOf(everybodys), onHistoryOf(projectsOf.anna), onHistoryOf(projectsOf.bob)]);
  all = everybody;
  alone = { anna, bob };
}, 60_000);

afterAll(async () => {
  await Promise.all([all, alone.anna, alone.bob].map((callers) => callers.upstream.close()));
  await Promise.all(prometheuses.map((prometheus) => prometheus.stop()));
});

interface Series {
  readonly metric: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: string;
  readonly code?: string;
  readonly data?: { readonly resultType: string; readonly result: readonly Series[] };
}

interface Question {
  readonly query: string;
  readonly overTime: boolean;
}

/** Sums depend on the order of what is added, which Prometheus leaves to chance; others' values are far beyond such digits. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === 'string' && Number.isFinite(Number(value)) ? Number(Number(value).toFixed(6)).toPrecision(9) : value;
}

/** The answer, its series in an order that does not depend on the storage. */
async function answerOf(callers: Callers, scope: Scope, { query, overTime }: Question): Promise<{ status: string; code: string | undefined; result: readonly Series[]; text: string }> {
  const form = overTime ? { query, start: String(end - 600), end: String(end), step: '120' } : { query, time: String(end) };
  const response = await callers.send(scope, overTime ? 'api/v1/query_range' : 'api/v1/query', form);
  // The shape of Prometheus's answers and of our errors.
  const { status, code, data } = (await response.json()) as Answer;
  const result = data?.resultType === 'vector' || data?.resultType === 'matrix' ? data.result : [];
  return { status, code, result, text: [data?.resultType, ...result.map((series) => JSON.stringify(series, rounded)).sort()].join('\n') };
}

/** Whether a label of a series names a project that is not the person's. */
function namesOthers({ metric }: Series, person: Person): boolean {
  const foreign = everybodys.filter((namespace) => namespace !== '' && !projectsOf[person].some((own) => own === namespace));
  return Object.values(metric).some((value) => foreign.some((namespace) => value.includes(namespace)));
}

interface Counts {
  asked: number;
  /** Answers that held series. */
  answered: number;
  /** Answers that would have been others without the defence: what shows that this test can fail. */
  endangered: number;
}

async function assertNoInterference(person: Person, question: Question, counts: Counts): Promise<void> {
  const scope = scopeOf(projectsOf[person]);
  const [first, among, unscoped] = await Promise.all([answerOf(alone[person], scope, question), answerOf(all, scope, question), answerOf(all, { kind: 'all' }, question)]);
  let mine = first;
  // The same chance may decide a comparison of equal sums: what the caller's data alone answers at any time shows nothing of others'.
  for (let again = 0; again < 20 && mine.text !== among.text; again++) mine = await answerOf(alone[person], scope, question);
  expect([among.status, among.code, among.text], question.query).toEqual([mine.status, mine.code, mine.text]);
  // `absent` repeats labels of its own text, whatever there is.
  if (!question.query.includes('absent')) expect(among.result.filter((series) => namesOthers(series, person)), question.query).toEqual([]);
  counts.asked += 1;
  if (mine.result.length > 0) counts.answered += 1;
  if (unscoped.status === 'success' && unscoped.text !== mine.text) counts.endangered += 1;
}

/** Asks so many questions, ten at a time. */
async function ask(queries: fc.Arbitrary<string>, questions: number): Promise<Counts> {
  const counts: Counts = { asked: 0, answered: 0, endangered: 0 };
  const question = fc.record({ person: fc.constantFrom(...people), query: queries, overTime: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(question, { minLength: 10, maxLength: 10 }), async (batch) => {
      await Promise.all(batch.map(({ person, ...rest }) => assertNoInterference(person, rest, counts)));
    }),
    { numRuns: questions / 10, seed },
  );
  return counts;
}

test(`nothing of another project shows through 2,000 queries built from the grammar (seed ${seed})`, { timeout: 300_000 }, async () => {
  const counts = await ask(queryOf(4), 2000);
  expect(counts.asked).toBe(2000);
  expect(counts.answered).toBeGreaterThan(1000);
  expect(counts.endangered).toBeGreaterThan(1000);
});

/** Pieces that mean something to a lexer, in any order: what the parsers on both sides might read differently. */
const pieces = ['up', 'sum', '_x', '{', '}', '(', ')', '[5m]', '"', "'", '`', '\\', '#', '\r', '\n', ',', ' or ', '+', '-', 'namespace="team-b"', 'job=~".*"', ' by (namespace) ', ' offset 1m', '@ 0', '1', '\u00a0', '=', '!='];
const soup = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 9 }).map((parts) => parts.join(''));
/** The same inside of a valid query, where more of it gets through. */
const insertion = fc.tuple(fc.constantFrom('up ', 'up{', 'up{job="', "up{job='", 'sum(up) #', '(up # '), soup, fc.constantFrom('', '}', '"}', "'}", ')', '\n)')).map((parts) => parts.join(''));

test(`nothing of another project shows through 1,500 queries made of scattered pieces (seed ${seed})`, { timeout: 300_000 }, async () => {
  const counts = await ask(fc.oneof(soup, insertion), 1500);
  expect(counts.answered).toBeGreaterThan(20);
  expect(counts.endangered).toBeGreaterThan(20);
});
