/** What happened in a time range: alerts that fired and deployments that were rolled out, out of the series that tell of them. Pure. */
import type { QueryDefinition, TimeSeriesData } from '@perses-dev/core';
import { texts } from '../../texts';

export interface Annotation {
  readonly kind: 'alert' | 'deployment';
  readonly what: string;
  /** Project, and what in it. */
  readonly where: string;
  /** In milliseconds since the epoch; undefined for what began before the time range. */
  readonly start: number | undefined;
  /** Undefined for what goes on, and for what takes no time. */
  readonly end: number | undefined;
}

/** An alert that fires again within this time has not stopped firing. In milliseconds. */
const pause = 300_000;

/**
 * The queries, in the order in which `annotationsOf` takes their answers. The server limits both to the caller's projects,
 * as any other.
 *
 * A new generation of a deployment is a roll-out, unless it came with another number of replicas: then it was scaled.
 *
 * @param isLimited whether they are about the chosen projects, rather than all
 */
export function annotationQueries(isLimited: boolean): readonly QueryDefinition[] {
  const chosen = isLimited ? 'namespace=~"$namespace"' : '';
  return [
    `max_over_time(ALERTS{alertstate="firing"${chosen === '' ? '' : `, ${chosen}`}}[$__rate_interval])`,
    `changes(kube_deployment_status_observed_generation{${chosen}}[$__rate_interval]) > 0 unless on (namespace, deployment) changes(kube_deployment_spec_replicas{${chosen}}[$__rate_interval]) > 0`,
  ].map((query) => ({ kind: 'TimeSeriesQuery', spec: { plugin: { kind: 'PrometheusTimeSeriesQuery', spec: { query } } } }));
}

/** In the order of time; what began before the time range comes first. */
export function annotationsOf(alerts: TimeSeriesData | undefined, deployments: TimeSeriesData | undefined): Annotation[] {
  const found = [
    ...periodsOf(alerts).map(({ labels, start, end }): Annotation => ({ kind: 'alert', what: alertText(labels), where: placeOf(labels), start, end })),
    ...periodsOf(deployments).flatMap(({ labels, start }): Annotation[] =>
      // What changed before the time range is still in the first interval that the query looks at.
      start === undefined ? [] : [{ kind: 'deployment', what: texts.events.newVersion(labels['deployment']), where: labels['namespace'] ?? '', start, end: undefined }],
    ),
  ];
  return found.sort((a, b) => (a.start ?? 0) - (b.start ?? 0) || a.what.localeCompare(b.what));
}

interface Period {
  readonly labels: Readonly<Record<string, string>>;
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** The times in which each series has samples. */
function periodsOf(data: TimeSeriesData | undefined): Period[] {
  const { series = [], stepMs = 0, timeRange } = data ?? {};
  const from = timeRange?.start.getTime() ?? 0;
  const until = timeRange?.end.getTime() ?? Infinity;
  const gap = Math.max(pause, 2 * stepMs);
  return series.flatMap(({ labels = {}, values }) => {
    const spans: { start: number; end: number }[] = [];
    for (const [time, value] of values) {
      const last = spans.at(-1);
      if (value === null) {
        continue;
      }
      if (last !== undefined && time - last.end <= gap) {
        last.end = time;
      } else {
        spans.push({ start: time, end: time });
      }
    }
    return spans.map(({ start, end }) => ({ labels, start: start <= from ? undefined : start, end: end + gap >= until ? undefined : end }));
  });
}

/** `GpuMemoryHigh` in words, with how bad it is. */
function alertText({ alertname = texts.events.kinds.alert, severity }: Readonly<Record<string, string>>): string {
  const words = alertname
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(' ')
    .map((word, index) => (index === 0 || /^[A-Z]{2}/.test(word) ? word : word.toLowerCase()))
    .join(' ');
  return severity === undefined ? words : `${words} (${severity})`;
}

/** Labels that say what an alert is or how it came here, not what it is about. */
const notPlaces = new Set(['__name__', 'alertname', 'alertstate', 'severity', 'namespace', 'prometheus', 'job', 'instance', 'endpoint', 'service', 'container']);

function placeOf(labels: Readonly<Record<string, string>>): string {
  const details = Object.entries(labels).flatMap(([name, value]) => (notPlaces.has(name) ? [] : [`${name} ${value}`]));
  return [labels['namespace'] ?? texts.events.cluster, ...details].join(', ');
}

/** @param zone name of the time zone */
export function whenText({ kind, start, end }: Annotation, zone: string): string {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  if (kind === 'deployment') {
    return start === undefined ? '' : format.format(start);
  }
  if (start !== undefined && end !== undefined) {
    return format.formatRange(start, end);
  }
  if (start !== undefined) {
    return texts.events.since(format.format(start));
  }
  return end === undefined ? texts.events.always : texts.events.until(format.format(end));
}
