/**
 * How long the query of each panel takes through the app: over the time range that its dashboard opens with, with
 * everything selected, at as many points as half the width of a screen has pixels. Names the queries that are too slow.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../demo/setup/index.mjs';
import { parseYaml } from '../lib/config/yaml';
import type { Dashboard } from '../lib/contracts/dashboard';
import { durationMilliseconds } from '../lib/contracts/notation';
import { queriesOf, withValues } from '../lib/dashboards/check/queries';
import { parseDashboard } from '../lib/dashboards/parse';
import { percentile } from './statistics';

/** What a query may take at most, in milliseconds. */
const allowed = 500;
const runs = 5;
const points = 700;
/** Shortest distance of points, like that of the demo's live samples. */
const leastStep = 15;

interface Measured {
  readonly panel: string;
  readonly query: string;
  readonly series: number;
  readonly milliseconds: readonly number[];
}

function readDashboards(): Dashboard[] {
  const folder = join(projectRoot, 'dashboards');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => parseYaml(readFileSync(join(folder, name), 'utf8')))
    .flatMap(({ value }) => {
      const parsed = parseDashboard(value, 'opendatahub');
      return 'dashboard' in parsed ? [parsed.dashboard] : [];
    });
}

/** Tables and figures without a trend are asked for one moment, all else for a range. */
function isInstant({ spec }: Dashboard, panel: string): boolean {
  const plugin = spec.panels[panel]?.spec.plugin;
  return plugin?.kind === 'Table' || (plugin?.kind === 'StatChart' && !JSON.stringify(plugin.spec).includes('"sparkline"'));
}

async function measure(appUrl: string, cookie: string, dashboard: Dashboard, panel: string, text: string): Promise<Measured> {
  const seconds = durationMilliseconds(dashboard.spec.duration) / 1000;
  const step = Math.max(leastStep, Math.ceil(seconds / points));
  const query = withValues(text, { __range: dashboard.spec.duration, __interval: `${step}s`, __rate_interval: `${Math.max(step + leastStep, 4 * leastStep)}s` });
  const instant = isInstant(dashboard, panel);
  const milliseconds: number[] = [];
  let series = 0;
  for (let run = 0; run < runs; run += 1) {
    // Never the same moment twice, so that nothing is answered from a cache.
    const now = Math.floor(Date.now() / 1000) - run;
    const form = new URLSearchParams(instant ? { query, time: String(now) } : { query, start: String(now - seconds), end: String(now), step: String(step) });
    const began = performance.now();
    const response = await fetch(`${appUrl}/api/proxy/globaldatasources/prometheus/api/v1/${instant ? 'query' : 'query_range'}`, {
      method: 'POST',
      body: form,
      headers: { cookie, origin: appUrl },
    });
    const body = await response.text();
    milliseconds.push(performance.now() - began);
    if (!response.ok) throw new Error(`${dashboard.metadata.name}, ${panel}: ${body.slice(0, 300)}`);
    // Prometheus's own format.
    series = (JSON.parse(body) as { data: { result: unknown[] } }).data.result.length;
  }
  return { panel, query, series, milliseconds };
}

/**
 * Prints a line a dashboard, then every query that took longer than allowed or that had nothing to show.
 *
 * @param cookie of the session of an administrator: nobody's queries read more
 */
export async function benchPanels(appUrl: string, cookie: string): Promise<void> {
  console.log(`\nQueries of panels, ${runs} times each, over the time range of their dashboard`);
  console.log(`${'dashboard'.padEnd(24)}${'queries'.padStart(8)}${'p50 ms'.padStart(8)}${'p95 ms'.padStart(8)}${'max ms'.padStart(8)}  slowest panel`);
  const remarks: string[] = [];
  for (const dashboard of readDashboards()) {
    const measured: Measured[] = [];
    for (const { panel, query } of queriesOf(dashboard)) {
      if (panel !== undefined) measured.push(await measure(appUrl, cookie, dashboard, panel, query));
    }
    const all = measured.flatMap(({ milliseconds }) => milliseconds);
    const slowest = measured.reduce((a, b) => (Math.max(...a.milliseconds) > Math.max(...b.milliseconds) ? a : b));
    const figures = [measured.length, percentile(all, 0.5), percentile(all, 0.95), Math.max(...all)].map((figure) => figure.toFixed(0).padStart(8));
    console.log(`${dashboard.metadata.name.padEnd(24)}${figures.join('')}  ${slowest.panel}`);
    for (const { panel, query, series, milliseconds } of measured) {
      const p95 = percentile(milliseconds, 0.95);
      if (p95 > allowed) remarks.push(`${dashboard.metadata.name}, ${panel}: p95 ${p95.toFixed(0)} ms for ${query}`);
      if (series === 0) remarks.push(`${dashboard.metadata.name}, ${panel}: nothing for ${query}`);
    }
  }
  console.log(remarks.length === 0 ? `Every query took less than ${allowed} ms and had something to show.` : remarks.join('\n'));
}
