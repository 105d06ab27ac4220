import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { exporters } from '../exporters/exporters';
import { storedSeries } from '../exporters/exposition';
import { loopback } from '../processes/ports';
import { createSupervisor } from '../processes/supervisor';
import { prometheusConfig } from '../prometheus/config';
import { ensurePrometheus } from '../setup/index.mjs';
import { freePorts } from '../testing/free-ports';
import { temporaryDirectory } from '../testing/temporary-directory';
import { databaseIn, ensureHistory } from './write';

const { prometheus, promtool } = await ensurePrometheus();
const never = new AbortController().signal;
const historyHours = 3;
/** In seconds. Samples of history are 15 s apart, live ones 5 s; between them lies the start of Prometheus. */
const longestGap = 16;

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

/** Starts exporter and Prometheus on a database, runs `use` once two rounds of live samples are there, stops both. */
async function withPrometheus(directory: string, use: (query: (promql: string) => Promise<Series[]>, started: number) => Promise<void>): Promise<void> {
  const [exporterPort, prometheusPort] = await freePorts(2);
  const database = join(directory, 'prometheus');
  const config = join(directory, 'prometheus.yml');
  await writeFile(config, prometheusConfig(exporters, { exporter: `${loopback}:${exporterPort}`, app: `${loopback}:${exporterPort}` }));
  const url = `http://${loopback}:${prometheusPort}`;
  const query = async (promql: string): Promise<Series[]> => {
    const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: promql }).toString()}`);
    // Prometheus's own response format.
    const body = (await response.json()) as { data: { result: Series[] } };
    return body.data.result;
  };
  const supervisor = createSupervisor(directory, never);
  try {
    await supervisor.start({
      name: 'exporter',
      command: process.execPath,
      args: ['--import', 'tsx', 'demo/exporters/main.ts', String(exporterPort)],
      readyUrl: `http://${loopback}:${exporterPort}/healthy`,
    });
    await ensureHistory({ directory: database, promtool, hours: historyHours, signal: never, report: () => undefined });
    const started = Date.now() / 1000;
    await supervisor.start({
      name: 'prometheus',
      command: prometheus,
      args: [`--config.file=${config}`, `--storage.tsdb.path=${databaseIn(database)}`, `--web.listen-address=${loopback}:${prometheusPort}`],
      readyUrl: `${url}/-/ready`,
    });
    const targets = exporters.flatMap((exporter) => exporter.targets).length;
    await vi.waitFor(
      async () => {
        const live = await query(`count_over_time(up{job!="odh-observability"}[${Math.floor(Date.now() / 1000 - started)}s]) >= 2`);
        expect(live).toHaveLength(targets);
      },
      { timeout: 30_000, interval: 500 },
    );
    await use(query, started);
  } finally {
    await supervisor.stop();
  }
}

test('history and live metrics are one, on the first start and on the next', { timeout: 120_000 }, async () => {
  const directory = await temporaryDirectory();

  const check = async (query: (promql: string) => Promise<Series[]>, started: number) => {
    const raw = await query(`{job!="odh-observability", __name__!~"scrape_.*", instance!=""}[${historyHours * 3600}s]`);

    // The same labels on both sides: else there would be two series where there is one.
    expect(raw).toHaveLength(storedSeries(exporters).length);
    for (const { metric, values } of raw) {
      const name = JSON.stringify(metric);
      const stamps = values.map(([time]) => time);
      expect(stamps[0], name).toBeLessThan(started - historyHours * 3600 + 60);
      expect(stamps.at(-1), name).toBeGreaterThan(started);
      const gaps = stamps.slice(1).map((stamp, index) => stamp - (stamps[index] ?? 0));
      expect(Math.max(...gaps), name).toBeLessThan(longestGap);
    }

    const counters = 'container_cpu_usage_seconds_total';
    expect(await query(`resets(${counters}[3h]) > 0`)).toEqual([]);
    const jumps = await query(`abs(rate(${counters}[2m]) / rate(${counters}[3h] offset 1m) - 1) > 0.5`);
    expect(jumps).toEqual([]);
  };

  await withPrometheus(directory, check);
  await withPrometheus(directory, check);
});
