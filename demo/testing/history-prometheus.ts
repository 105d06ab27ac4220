/** Runs the demo's exporter and a real Prometheus with the demo's history, for tests. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exporters } from '../exporters/exporters';
import { databaseIn, ensureHistory } from '../history/write';
import { loopback } from '../processes/ports';
import { createSupervisor } from '../processes/supervisor';
import { prometheusConfig } from '../prometheus/config';
import { readRules, ruleFile } from '../prometheus/rules';
import { ensurePrometheus, projectRoot } from '../setup/index.mjs';
import { freePorts } from './free-ports';

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  /** Of an instant query of a vector. */
  readonly value?: readonly [number, string];
  /** Of an instant query of a range. */
  readonly values?: readonly (readonly [number, string])[];
}

export interface HistoryPrometheus {
  /** When Prometheus was started, in seconds since the epoch. */
  readonly started: number;
  /** An instant query, by default of this moment. */
  readonly query: (promql: string, time?: number) => Promise<Series[]>;
  /** The one value that a query answers. */
  readonly number: (promql: string, time?: number) => Promise<number>;
  readonly stop: () => Promise<void>;
}

export const historyHours = 25;

/** Writes what history is missing and starts both on it. */
export async function startHistoryPrometheus(directory: string): Promise<HistoryPrometheus> {
  const tools = await ensurePrometheus();
  const [exporterPort, prometheusPort] = await freePorts(2);
  const state = join(directory, 'prometheus');
  const rules = join(projectRoot, 'alerts');
  const files = { config: join(directory, 'prometheus.yml'), rules: join(directory, 'rules.yml') };
  const exporter = `${loopback}:${exporterPort}`;
  await writeFile(files.config, prometheusConfig(exporters, { exporter, app: exporter }, [files.rules]));
  await writeFile(files.rules, ruleFile(await readRules(rules)));
  const url = `http://${loopback}:${prometheusPort}`;
  const { signal } = new AbortController();
  const supervisor = createSupervisor(directory, signal);
  const query = async (promql: string, time?: number): Promise<Series[]> => {
    const parameters = new URLSearchParams({ query: promql, ...(time === undefined ? {} : { time: String(time) }) });
    const response = await fetch(`${url}/api/v1/query`, { method: 'POST', body: parameters });
    if (!response.ok) throw new Error(`${promql}: ${await response.text()}`);
    // Prometheus's own response format.
    return ((await response.json()) as { data: { result: Series[] } }).data.result;
  };
  try {
    await supervisor.start({
      name: 'exporter',
      command: process.execPath,
      args: ['--import', 'tsx', 'demo/exporters/main.ts', String(exporterPort)],
      readyUrl: `http://${exporter}/healthy`,
    });
    await ensureHistory({ directory: state, ...tools, rules, hours: historyHours, signal, report: () => undefined });
    const started = Date.now() / 1000;
    await supervisor.start({
      name: 'prometheus',
      command: tools.prometheus,
      args: [`--config.file=${files.config}`, `--storage.tsdb.path=${databaseIn(state)}`, '--storage.tsdb.retention.time=95d', `--web.listen-address=${loopback}:${prometheusPort}`],
      readyUrl: `${url}/-/ready`,
    });
    return {
      started,
      query,
      number: async (promql, time) => {
        const result = await query(promql, time);
        if (result.length !== 1) throw new Error(`${promql}: ${result.length} series instead of one`);
        return Number(result[0]?.value?.[1]);
      },
      stop: () => supervisor.stop(),
    };
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}
