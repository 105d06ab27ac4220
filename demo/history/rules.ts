/**
 * What the rules in alerts/ would have made of the history: the recorded series that recorded.ts does not know, and ALERTS.
 * A Prometheus is started on the database, asked what each rule's expression was at every time, and stopped again before
 * the answers are written, so that rules that read other rules' series are evaluated after those.
 *
 * Templates in the labels of alerts are not expanded.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openMetricsLines, seriesText, type Labels } from '../exporters/exposition';
import { loopback } from '../processes/ports';
import type { Rule, RuleGroup } from '../prometheus/rules';
import { writeBlocks, type BlockWriter } from './blocks';
import { blockLength, split, type TimeRange } from './plan';

export interface RuleHistoryOptions {
  readonly writer: BlockWriter;
  /** The program. */
  readonly prometheus: string;
  readonly groups: readonly RuleGroup[];
  /** Names of recorded series that are in the database already. */
  readonly written: ReadonlySet<string>;
  readonly range: TimeRange;
  readonly count: (samples: number) => void;
}

interface TimedRule {
  readonly rule: Rule;
  readonly stepSeconds: number;
}

interface Samples {
  readonly text: string;
  readonly values: ReadonlyMap<number, number>;
}

/** One answer of Prometheus's range queries. */
interface MatrixSeries {
  readonly metric: Labels;
  readonly values: readonly (readonly [number, string])[];
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `1h30m` in seconds. */
function seconds(duration: string): number {
  return [...duration.matchAll(/(\d+)(ms|[smhd])/g)].reduce((sum, [, amount, unit = 's']) => sum + Number(amount) * (unitSeconds[unit] ?? 0.001), 0);
}

/** How often rules without an interval of their own are evaluated for history. */
const usualStep = 60;

/** Rules in an order in which each comes after those whose series it reads; those of one level do not read each other's. */
export function levelsOf(groups: readonly RuleGroup[], written: ReadonlySet<string>): TimedRule[][] {
  let left = groups.flatMap(({ interval, rules }) =>
    rules
      .filter(({ record }) => record === undefined || !written.has(record))
      .map((rule) => ({ rule, stepSeconds: Math.max(usualStep, interval === undefined ? 0 : seconds(interval)) })),
  );
  const levels: TimedRule[][] = [];
  while (left.length > 0) {
    const unknown = left.flatMap(({ rule: { record } }) => (record === undefined ? [] : [record]));
    const ready = left.filter(({ rule }) => !unknown.some((name) => rule.expr.includes(name)));
    if (ready.length === 0) throw new Error(`these rules read each other's series: ${unknown.join(', ')}`);
    levels.push(ready);
    left = left.filter((rule) => !ready.includes(rule));
  }
  return levels;
}

/** Prometheus cannot choose a port by itself. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, loopback);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

/** Runs `use` with a Prometheus on the database that scrapes nothing, and ends it. */
async function withPrometheus({ writer, prometheus }: RuleHistoryOptions, use: (url: string) => Promise<void>): Promise<void> {
  const config = join(writer.directory, 'rules-history.yml');
  await writeFile(config, 'scrape_configs: []\n');
  const url = `http://${loopback}:${await freePort()}`;
  const child = spawn(
    prometheus,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${writer.database}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=${new URL(url).host}`,
      '--query.max-samples=200000000',
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], signal: writer.signal },
  );
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const isReady = () => fetch(`${url}/-/ready`).then(({ ok }) => ok, () => false);
  try {
    while (!(await isReady())) {
      writer.signal.throwIfAborted();
      if (child.exitCode !== null) throw new Error(`Prometheus ended before the rules' history was written: ${complaint}`);
      await delay(50);
    }
    await use(url);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function evaluate(url: string, { rule, stepSeconds }: TimedRule, { from, to }: TimeRange, signal: AbortSignal): Promise<MatrixSeries[]> {
  const start = Math.ceil(from / 1000 / stepSeconds) * stepSeconds;
  if (start > to / 1000) return [];
  const body = new URLSearchParams({ query: rule.expr, start: String(start), end: String(to / 1000), step: String(stepSeconds) });
  const response = await fetch(`${url}/api/v1/query_range`, { method: 'POST', body, signal });
  if (!response.ok) throw new Error(`the rule ${rule.record ?? rule.alert ?? ''} could not be evaluated: ${await response.text()}`);
  // Prometheus's own format.
  const { data } = (await response.json()) as { data: { result: MatrixSeries[] } };
  return withoutNames(data.result);
}

/**
 * Series as a rule sees them: without the metric's name, which it replaces. Of `a > 1 or b > 1` Prometheus answers one
 * series per name over time, in turn, that are one to the rule.
 */
export function withoutNames(series: readonly MatrixSeries[]): MatrixSeries[] {
  const merged = new Map<string, MatrixSeries>();
  for (const { metric: { __name__: _, ...metric }, values } of series) {
    const key = seriesText('', metric);
    merged.set(key, { metric, values: [...(merged.get(key)?.values ?? []), ...values].sort(([a], [b]) => a - b) });
  }
  return [...merged.values()];
}

function recorded(record: string, { rule }: TimedRule, { metric, values }: MatrixSeries): Samples {
  return { text: seriesText(record, { ...metric, ...rule.labels }), values: new Map(values.map(([time, value]) => [time, Number(value)])) };
}

/** ALERTS and ALERTS_FOR_STATE as Prometheus writes them: pending until the condition has held for long enough. */
function alerted(alertname: string, { rule, stepSeconds }: TimedRule, { metric, values }: MatrixSeries): Samples[] {
  const labels = { ...metric, ...rule.labels, alertname };
  const wait = seconds(rule.for ?? '0s');
  const pending = new Map<number, number>();
  const firing = new Map<number, number>();
  const activeSince = new Map<number, number>();
  let since = Number.NaN;
  let last = Number.NaN;
  for (const [time] of values) {
    if (!(time - last <= stepSeconds)) since = time;
    last = time;
    (time - since >= wait ? firing : pending).set(time, 1);
    activeSince.set(time, since);
  }
  return [
    { text: seriesText('ALERTS', { ...labels, alertstate: 'pending' }), values: pending },
    { text: seriesText('ALERTS', { ...labels, alertstate: 'firing' }), values: firing },
    { text: seriesText('ALERTS_FOR_STATE', labels), values: activeSince },
  ];
}

function samplesOf(timed: TimedRule, series: MatrixSeries): Samples[] {
  const { record, alert } = timed.rule;
  return [...(record === undefined ? [] : [recorded(record, timed, series)]), ...(alert === undefined ? [] : alerted(alert, timed, series))];
}

/** @throws Error when a rule cannot be evaluated */
export async function evaluateRules(options: RuleHistoryOptions): Promise<void> {
  const { writer, groups, written, range, count } = options;
  for (const level of levelsOf(groups, written)) {
    const samples: Samples[] = [];
    await withPrometheus(options, async (url) => {
      for (const timed of level) {
        samples.push(...(await evaluate(url, timed, range, writer.signal)).flatMap((series) => samplesOf(timed, series)));
      }
    });
    const blocks = split(range, blockLength * 9).map(({ from, to }) => samples.flatMap(({ text, values }) => {
      const times = [...values.keys()].filter((time) => time * 1000 >= from && time * 1000 < to);
      count(times.length);
      return times.length === 0 ? [] : [openMetricsLines({ text, value: (time) => values.get(time) ?? Number.NaN }, times)];
    }));
    await writeBlocks(writer, blocks.filter((lines) => lines.length > 0));
  }
}
