/** What enforcement costs by the size of a query, beside parsing the same query once, which is the least it can take. */
import { parser } from '@prometheus-io/lezer-promql';
import { configSchema } from '../lib/config/schema';
import { enforce, type QueryScope } from '../lib/promql/enforce';
import { median } from './statistics';

/** The processor's clock counts whole microseconds. */
const callsPerSample = 10;
const milliseconds = 1000;
const warmUpMilliseconds = 200;

const scope: QueryScope = { kind: 'namespaces', namespaces: ['bert-serving', 'fraud-detection', 'llm-research', 'vision-lab'] };
const options = { label: 'namespace', limits: { ...configSchema.shape.limits.parse({}), matchers: 1000, queryDepth: 250 } };

/** As dashboards write it: one selector, a rate, an aggregation. */
const term = 'sum by (job) (rate(http_requests_total{job="api",code=~"5.."}[5m]))';

/** So many terms, a few in each pair of parentheses: large queries are wide, not deep. */
function queryOf(terms: number): string {
  const rows = Array.from({ length: Math.ceil(terms / 10) }, (_, row) => `(${Array<string>(Math.min(10, terms - row * 10)).fill(term).join(' + ')})`);
  return rows.join(' + ');
}

/**
 * Median processor time of one call of each, in microseconds. Not the clock's: the longest calls take longer than the
 * turns that a busy machine gives, and would be measured with the turns of others.
 */
function measure(actions: readonly (() => unknown)[]): number[] {
  const samples: number[][] = actions.map(() => []);
  const begin = performance.now();
  for (let warm = false; performance.now() - begin < warmUpMilliseconds + milliseconds; warm = performance.now() - begin > warmUpMilliseconds) {
    for (const [index, action] of actions.entries()) {
      const { user } = process.cpuUsage();
      for (let call = 0; call < callsPerSample; call++) action();
      if (warm) samples[index]?.push((process.cpuUsage().user - user) / callsPerSample);
    }
  }
  return samples.map(median);
}

/** Prints a line for each size, from one selector to more than a query may have by default. */
export function benchEnforce(): void {
  console.log('\nEnforcement by query size (median processor time of one call; the ratio is to parsing the query once, measured in turn)');
  const strict = parser.configure({ strict: true });
  for (const query of ['up', ...[1, 4, 16, 64, 230].map(queryOf)]) {
    const [parsing = NaN, enforcing = NaN] = measure([() => strict.parse(query), () => enforce(query, scope, options)]);
    console.log(
      `  ${String(query.length).padStart(6)} bytes  parse ${parsing.toFixed(0).padStart(6)} µs  enforce ${enforcing.toFixed(0).padStart(6)} µs ` +
        `(${(enforcing / parsing).toFixed(2)}×, ${(enforcing / query.length).toFixed(2)} µs a byte)`,
    );
  }
}
