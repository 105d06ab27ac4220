/** What audit records cost: the call that takes one, and the query path with every query recorded beside the same without. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditLog } from '../lib/audit/audit-log';
import type { AuditEvent } from '../lib/audit/events';
import { createFileSink } from '../lib/audit/file-sink';
import { createLogger } from '../lib/telemetry/logger';
import { createMetrics } from '../lib/telemetry/metrics';
import { load, type LoadResult } from './load';
import type { Target } from './query-path';
import { median } from './statistics';

// Short turns: what else the machine does then falls on both sides.
const rounds = 10;
const seconds = 1.5;
const warmUpSeconds = 2;
const records = 20_000;

/** Time that a request spends on its record, with a real file behind it. */
async function benchRecord(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-audit-'));
  const sink = createFileSink({ path: join(folder, 'audit.jsonl'), maxBytes: 64 * 1024 * 1024, keep: 2, now: Date.now, removed: () => undefined });
  const audit = createAuditLog({ sink, key: 'k'.repeat(32), metrics: createMetrics('bench'), log: createLogger('error'), now: Date.now });
  const parameters = { query: 'sum by (namespace) (rate(odh_training_loss{namespace=~"llm-research|vision-lab"}[5m]))', start: '1767225600', end: '1767229200', step: '15' };
  const event: AuditEvent = { event: 'query', outcome: 'success', subject: 'u', name: 'A Person', request_id: 'request-1', datasource: 'prometheus', endpoint: 'query_range', parameters, unlimited: false, result_series: 2, result_bytes: 10_000 };
  const times: number[] = [];
  for (let index = 0; index < records; index += 1) {
    const begun = performance.now();
    audit.record(event);
    times.push((performance.now() - begun) * 1000);
    // As between requests: the writer gets its turns.
    if (index % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await audit.close();
  await rm(folder, { recursive: true });
  const sorted = times.sort((a, b) => a - b);
  console.log(`  taking one record: median ${median(sorted).toFixed(1)} µs, p99 ${(sorted[Math.floor(records * 0.99)] ?? Number.NaN).toFixed(1)} µs`);
}

/** Processor time that an app has used so far, in milliseconds. */
async function processorTime({ origin }: Target): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]) * 1000;
}

interface Turn extends LoadResult {
  processorMilliseconds: number;
}

/** One turn, with the processor time that a request took: it tells more than the clock where other things run, too. */
async function turn(target: Target, connections: number): Promise<Turn> {
  const before = await processorTime(target);
  const begun = performance.now();
  const result = await load({ origin: target.origin, path: target.path, headers: target.headers, connections, seconds });
  const requests = (result.requestsPerSecond * (performance.now() - begun)) / 1000;
  return { ...result, processorMilliseconds: ((await processorTime(target)) - before) / requests };
}

/**
 * Prints the cost of recording every query.
 *
 * @param off the app without audit records
 * @param on the same with every query recorded to a file
 */
export async function benchAudit(off: Target, on: Target, connectionCounts: number[]): Promise<void> {
  console.log(`\nAudit records (one instant query; off and on take turns, ${rounds} × ${seconds} s each)`);
  await benchRecord();
  for (const connections of connectionCounts) {
    const results: { off: Turn[]; on: Turn[] } = { off: [], on: [] };
    for (const { origin, path, headers } of [off, on]) await load({ origin, path, headers, connections, seconds: warmUpSeconds });
    for (let round = 0; round < rounds; round += 1) {
      results.off.push(await turn(off, connections));
      results.on.push(await turn(on, connections));
    }
    const of = (side: Turn[], pick: (result: Turn) => number): number => median(side.map(pick));
    const [without, recorded] = [of(results.off, (result) => result.medianMilliseconds), of(results.on, (result) => result.medianMilliseconds)];
    const p99 = (side: Turn[]): string => of(side, (result) => result.p99Milliseconds).toFixed(1);
    const processor = (side: Turn[]): string => of(side, (result) => result.processorMilliseconds).toFixed(2);
    console.log(
      `  ${String(connections).padStart(2)} connection${connections === 1 ? ' ' : 's'}: median off ${without.toFixed(2)} ms, on ${recorded.toFixed(2)} ms ` +
        `(${(recorded / without).toFixed(2)}×, ${(recorded - without).toFixed(2)} ms more); p99 ${p99(results.off)} and ${p99(results.on)} ms; processor time a request ${processor(results.off)} and ${processor(results.on)} ms`,
    );
  }
}
