/**
 * Metrics as data, and how they are written: Prometheus's text format for a scrape, OpenMetrics lines for history. One
 * description serves both, so that history and live series have the same labels.
 */
import type { Histogram } from '../workloads/distribution';
import type { Signal } from '../workloads/signal';

export type Labels = Readonly<Record<string, string>>;

export interface Series {
  readonly labels: Labels;
  /** NaN while there is no such series. */
  readonly value: Signal;
  /** `_bucket`, `_sum` or `_count` of a histogram. */
  readonly suffix?: string;
}

export interface MetricFamily {
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'histogram';
  readonly help: string;
  readonly series: readonly Series[];
  /** Whether it changes so rarely that its history may be coarse. */
  readonly slow?: boolean;
}

export function gauge(name: string, help: string, series: readonly Series[]): MetricFamily {
  return { name, type: 'gauge', help, series };
}

export function counter(name: string, help: string, series: readonly Series[]): MetricFamily {
  return { name, type: 'counter', help, series };
}

/** The series of histograms: their buckets as Prometheus has them, each holding those below it. */
export function histogram(name: string, help: string, members: readonly { readonly labels: Labels; readonly of: Histogram; readonly decimals?: number }[]): MetricFamily {
  const series = members.flatMap(({ labels, of, decimals = 1 }): Series[] => [
    ...of.buckets.map(({ bound, total }) => ({ suffix: '_bucket', labels: { ...labels, le: String(bound) }, value: total })),
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: of.count },
    { suffix: '_sum', labels, value: (time) => Number(of.sum(time).toFixed(decimals)) },
    { suffix: '_count', labels, value: of.count },
  ]);
  return { name, type: 'histogram', help, series };
}

export function slowly(families: readonly MetricFamily[]): MetricFamily[] {
  return families.map((family) => ({ ...family, slow: true }));
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

/** A series as the text formats write it. */
export function seriesText(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

/** The target's metrics at a time in Prometheus's text format. */
export function scrape(target: Target, time: number): string {
  return target.families
    .map(({ name, type, help, series }) => {
      const samples = series.flatMap(({ labels, suffix = '', value }) => {
        const now = value(time);
        return Number.isNaN(now) ? [] : [`${seriesText(`${name}${suffix}`, labels)} ${now}\n`];
      });
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.join('')}`;
    })
    .join('');
}

/** A series as Prometheus stores it after a scrape. */
export interface StoredSeries {
  /** Name and labels, `job` and `instance` among them. */
  readonly text: string;
  readonly value: Signal;
  readonly slow: boolean;
}

/** What Prometheus itself notes about each scrape. */
function scrapeSeries(target: Target, place: Labels): StoredSeries[] {
  const samples = target.families.reduce((sum, { series }) => sum + series.length, 0);
  return [
    { text: seriesText('up', place), value: () => 1, slow: true },
    { text: seriesText('scrape_duration_seconds', place), value: (time) => Math.round(samples * 20 + 900 * (1 + Math.sin(time / 171)) + 2000) / 1e6, slow: true },
    {
      text: seriesText('scrape_samples_scraped', place),
      value: (time) => target.families.reduce((sum, { series }) => sum + series.filter(({ value }) => !Number.isNaN(value(time))).length, 0),
      slow: true,
    },
  ];
}

/** Every series that scraping the exporters would store, those about the scrapes included. */
export function storedSeries(exporters: readonly Exporter[]): StoredSeries[] {
  return exporters.flatMap(({ job, targets }) =>
    targets.flatMap((target) => {
      const place = { job, instance: target.instance };
      return [
        ...scrapeSeries(target, place),
        ...target.families.flatMap(({ name, series, slow = false }) =>
          series.map(({ labels, suffix = '', value }) => ({ text: seriesText(`${name}${suffix}`, { ...labels, ...place }), value, slow })),
        ),
      ];
    }),
  );
}

/** One series' samples at the given times as OpenMetrics lines; the file's last line is `# EOF`. */
export function openMetricsLines({ text, value }: Pick<StoredSeries, 'text' | 'value'>, times: readonly number[]): string {
  let lines = '';
  for (const time of times) {
    const sample = value(time);
    if (!Number.isNaN(sample)) lines += `${text} ${sample} ${time}\n`;
  }
  return lines;
}
