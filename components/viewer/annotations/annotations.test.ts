import type { TimeSeriesData } from '@perses-dev/core';
import { expect, it } from 'vitest';
import { annotationQueries, annotationsOf } from './annotations';

const minute = 60_000;
/** An hour in steps of a minute; samples at these minutes. */
const hour = (...series: [labels: Record<string, string>, minutes: number[]][]): TimeSeriesData => ({
  stepMs: minute,
  timeRange: { start: new Date(0), end: new Date(60 * minute) },
  series: series.map(([labels, minutes]) => ({ name: JSON.stringify(labels), labels, values: minutes.map((at) => [at * minute, 1]) })),
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

it('says which alert fired, how bad it is, where, and from when to when', () => {
  const labels = { alertname: 'ModelLatencyHigh', alertstate: 'firing', severity: 'warning', namespace: 'fraud-detection', model: 'bert' };
  expect(annotationsOf(hour([labels, range(10, 20)]), undefined)).toEqual([
    { kind: 'alert', what: 'Model latency high (warning)', where: 'fraud-detection, model bert', start: 10 * minute, end: 20 * minute },
  ]);
});

it('tells apart what began before the time range, what goes on, and what fired twice', () => {
  const alerts = hour([{ alertname: 'Before' }, range(0, 10)], [{ alertname: 'Still' }, range(50, 60)], [{ alertname: 'Twice' }, [...range(5, 8), 10, ...range(30, 32)]]);
  expect(annotationsOf(alerts, undefined).map(({ what, start, end }) => [what, start, end])).toEqual([
    ['Before', undefined, 10 * minute],
    ['Twice', 5 * minute, 10 * minute],
    ['Twice', 30 * minute, 32 * minute],
    ['Still', 50 * minute, undefined],
  ]);
});

it('marks a deployment when it changed, once', () => {
  // A change is in every interval that the query looks back over.
  const deployments = hour([{ namespace: 'bert-serving', deployment: 'bert-v2' }, [20, 21, 22, 23]], [{ namespace: 'bert-serving', deployment: 'old' }, [0, 1, 2]]);
  expect(annotationsOf(undefined, deployments)).toEqual([{ kind: 'deployment', what: 'New version of bert-v2', where: 'bert-serving', start: 20 * minute, end: undefined }]);
});

it('names the cluster where an alert is of no project', () => {
  expect(annotationsOf(hour([{ alertname: 'NodeDown', node: 'worker-1' }, [3]]), undefined)[0]?.where).toBe('the cluster, node worker-1');
});

it('asks for the chosen projects alone where some are chosen', () => {
  const texts = (isLimited: boolean) => annotationQueries(isLimited).map(({ spec }) => JSON.stringify(spec.plugin.spec));
  expect(texts(false).join()).not.toContain('namespace=~');
  for (const text of texts(true)) expect(text).toContain('namespace=~');
});
