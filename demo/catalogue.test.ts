/** docs/metrics.md beside what the demo has: both name the same metrics with the same labels. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createMetrics } from '../lib/telemetry/metrics';
import { exporters } from './exporters/exporters';
import { recordedSeries } from './history/recorded';
import { readRules } from './prometheus/rules';
import { projectRoot } from './setup/index.mjs';
import { projects } from './workloads/cluster';
import { trainingJobs } from './workloads/training-jobs';

interface Row {
  readonly name: string;
  readonly type: string;
  /** Undefined where the row leaves them open. */
  readonly labels: readonly string[] | undefined;
}

const text = await readFile(join(projectRoot, 'docs', 'metrics.md'), 'utf8');

/** The rows of all tables of metrics: those whose second column begins with a type. */
const rows = text.split('\n').flatMap((line): Row[] => {
  const [name = '', type = '', , labels = ''] = line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim());
  const metric = /^`([A-Za-z_:][\w:]*)`$/.exec(name)?.[1];
  if (metric === undefined || !/^(gauge|counter|histogram)\b/.test(type)) return [];
  return [{ name: metric, type: type.split(/[ ,]/)[0] ?? '', labels: /…|as above|the labels of/.test(labels) ? undefined : [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label) }];
});

const parts = exporters.flatMap(({ targets }) => targets.flatMap((target) => target.families));
/** By name, with the series of all targets. */
const families = [...new Set(parts.map(({ name }) => name))].map((name) => {
  const same = parts.filter((part) => part.name === name);
  return { name, type: same[0]?.type, series: same.flatMap(({ series }) => series) };
});
const rules = (await readRules(join(projectRoot, 'alerts'))).flatMap((group) => group.rules);
const recorded = new Set([...recordedSeries(Date.now() / 1000).map(({ name }) => name), ...rules.flatMap(({ record }) => record ?? [])]);
const scraped = ['up', 'scrape_duration_seconds', 'scrape_samples_scraped'];
// Node.js's and the process's own are not what dashboards read.
const own = (await createMetrics('test').registry.getMetricsAsJSON()).map(({ name }) => name).filter((name) => name.startsWith('odh_'));

describe('the catalogue of metrics', () => {
  test('names each metric once', () => {
    const names = rows.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.length).toBeGreaterThan(150);
  });

  test('is what the demo emits, records and alerts, no more and no less', () => {
    const emitted = new Set([...families.map(({ name }) => name), ...recorded, ...own, ...scraped, 'ALERTS']);
    expect([...emitted].sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  test.each(rows.flatMap((row) => families.filter(({ name }) => name === row.name).map((family) => [row.name, row, family] as const)))(
    '%s has the type and the labels that it is said to have',
    (_, row, family) => {
      expect(family.type).toBe(row.type);
      const labels = new Set(family.series.flatMap((series) => Object.keys(series.labels)));
      for (const implied of ['namespace', 'le']) labels.delete(implied);
      // Of every series of a target.
      const written = row.labels?.filter((label) => label !== 'instance');
      if (written !== undefined) expect([...labels].sort()).toEqual([...written].sort());
    },
  );

  test('says for the groups whose series have no namespace that they are for administrators', () => {
    const without = new Set(families.filter(({ series }) => series.every(({ labels }) => labels.namespace === undefined)).map(({ name }) => name));
    const headings = text.split(/^## /m).filter((section) => [...without].some((name) => section.includes(`\n| \`${name}\``)));
    for (const section of headings) expect(section.split('\n')[0]).toContain('administrators only');
    expect(headings.length).toBeGreaterThan(3);
  });

  test('lists the projects and training jobs that there are', () => {
    for (const name of [...projects.map((project) => project.name), ...trainingJobs.map(({ spec }) => spec.name)]) expect(text).toContain(`\`${name}\``);
  });
});
