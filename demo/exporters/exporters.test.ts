import { describe, expect, test } from 'vitest';
import { nodes, projects } from '../workloads/cluster';
import { trainingJobs } from '../workloads/training-jobs';
import { exporters } from './exporters';
import { openMetricsLines, scrape, storedSeries, type Target } from './exposition';

const time = Date.UTC(2026, 4, 4) / 1000;

describe('exposition', () => {
  const target: Target = {
    instance: 'host:1',
    families: [{ name: 'a_total', type: 'counter', help: 'Things.', series: [{ labels: { path: 'C:\\x', text: 'say "hi"\n' }, value: (at) => at }] }],
  };

  test('a scrape has help, type and escaped labels', () => {
    expect(scrape(target, 7)).toBe('# HELP a_total Things.\n# TYPE a_total counter\na_total{path="C:\\\\x",text="say \\"hi\\"\\n"} 7\n');
  });

  test('stored series carry job and instance, and each target its `up`', () => {
    const series = storedSeries([{ job: 'j', path: '/p', targets: [target] }]);
    expect(series.map((one) => openMetricsLines(one, [7]))).toEqual([
      'up{job="j",instance="host:1"} 1 7\n',
      expect.stringMatching(/^scrape_duration_seconds\{job="j",instance="host:1"\} 0\.\d+ 7\n$/),
      'scrape_samples_scraped{job="j",instance="host:1"} 1 7\n',
      'a_total{path="C:\\\\x",text="say \\"hi\\"\\n",job="j",instance="host:1"} 7 7\n',
    ]);
  });
});

describe('the demo’s exporters', () => {
  const series = storedSeries(exporters);
  const named = (name: string) => series.filter(({ text }) => text.startsWith(`${name}{`));

  test('no series is there twice', () => {
    const texts = series.map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('every value is a number, or there is none', () => {
    for (const { text, value } of series) expect(Math.abs(value(time)), text).not.toBe(Infinity);
  });

  test('no counter ever falls, be it by the hours, over midnight or over a weekend', () => {
    const counters = exporters
      .flatMap(({ targets }) => targets.flatMap(({ families }) => families))
      .filter(({ type }) => type !== 'gauge')
      .flatMap(({ name, series: own }) => own.map((one) => ({ ...one, name })));
    expect(counters.length).toBeGreaterThan(900);
    const steps = Array.from({ length: 9 * 96 }, (_, index) => time + index * 900 + 7);
    for (const { name, labels, value } of counters) {
      const values = steps.map(value).filter((one) => !Number.isNaN(one));
      const falls = values.filter((one, index) => index > 0 && one < (values[index - 1] ?? 0));
      expect(falls, `${name} ${JSON.stringify(labels)}`).toEqual([]);
    }
  });

  test('the buckets of a histogram hold those below them', () => {
    const histograms = exporters.flatMap(({ targets }) => targets.flatMap(({ families }) => families)).filter(({ type }) => type === 'histogram');
    for (const { name, series: own } of histograms) {
      const buckets = own.filter(({ suffix }) => suffix === '_bucket');
      buckets.forEach(({ labels, value }, index) => {
        const before = buckets[index - 1];
        if (before !== undefined && before.labels.le !== '+Inf') expect(value(time), `${name} ${JSON.stringify(labels)}`).toBeGreaterThanOrEqual(before.value(time));
      });
    }
  });

  test.each(['odh_training_loss', 'odh_training_throughput', 'odh_training_epoch_duration_seconds', 'odh_training_dataloader_queue_depth'])(
    '%s has one series for each job',
    (name) => expect(named(name)).toHaveLength(trainingJobs.length),
  );

  test('every GPU of every node is seen, and the free ones belong to no project', () => {
    const gpus = named('DCGM_FI_DEV_GPU_UTIL');
    expect(gpus).toHaveLength(nodes.reduce((sum, node) => sum + node.gpus, 0));
    const free = gpus.filter(({ text }) => !text.includes('namespace='));
    expect(free).toHaveLength(2);
    expect(free.map(({ value }) => value(time))).toEqual([0, 0]);
  });

  test('used and free GPU memory add up to what the GPU has', () => {
    const used = named('DCGM_FI_DEV_FB_USED');
    const free = named('DCGM_FI_DEV_FB_FREE');
    expect(used.map(({ value }, index) => value(time) + (free[index]?.value(time) ?? 0))).toEqual(used.map(() => 81_920));
  });

  test.each(projects.map(({ name }) => name))('project %s has CPU and memory of containers', (namespace) => {
    for (const name of ['container_cpu_usage_seconds_total', 'container_memory_working_set_bytes']) {
      expect(named(name).some(({ text }) => text.includes(`namespace="${namespace}"`)), name).toBe(true);
    }
  });
});
