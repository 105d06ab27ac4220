/**
 * Metrics as data, and how they are written: Prometheus's text format for a scrape, OpenMetrics lines for history. One
 * description serves both, so that history and live series have the same labels.
 */
import type { Signal } from '../workloads/signal';

export type Labels = Readonly<Record<string, string>>;

export interface MetricFamily {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly series: readonly { readonly labels: Labels; readonly value: Signal }[];
}

/** What one scrape of one process answers. */
export interface Target {
  /** Label `instance` of everything scraped from it. */
  readonly instance: string;
  readonly families: readonly MetricFamily[];
}

/** Targets of one kind. */
export interface Exporter {
  /** Label `job` of everything scraped from it. */
  readonly job: string;
  /** Where the demo's exporter process answers for the targets: `<path>/<index of the target>`. */
  readonly path: string;
  readonly targets: readonly Target[];
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function seriesText(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

/** The target's metrics at a time in Prometheus's text format. */
export function scrape(target: Target, time: number): string {
  return target.families
    .map(({ name, type, help, series }) => {
      const samples = series.map(({ labels, value }) => `${seriesText(name, labels)} ${value(time)}\n`);
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.join('')}`;
    })
    .join('');
}

/** A series as Prometheus stores it after a scrape. */
export interface StoredSeries {
  /** Name and labels, `job` and `instance` among them. */
  readonly text: string;
  readonly value: Signal;
}

/** Every series that scraping the exporters would store, `up` included. */
export function storedSeries(exporters: readonly Exporter[]): StoredSeries[] {
  return exporters.flatMap(({ job, targets }) =>
    targets.flatMap(({ instance, families }) => [
      { text: seriesText('up', { job, instance }), value: () => 1 },
      ...families.flatMap(({ name, series }) =>
        series.map(({ labels, value }) => ({ text: seriesText(name, { ...labels, job, instance }), value })),
      ),
    ]),
  );
}

/** One series' samples at the given times as OpenMetrics lines; the file's last line is `# EOF`. */
export function openMetricsLines({ text, value }: StoredSeries, times: readonly number[]): string {
  return times.map((time) => `${text} ${value(time)} ${time}\n`).join('');
}
