import { describe, expect, test } from 'vitest';
import { nodes, trainingJobs } from '../workloads/cluster';
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

  test('every value is a number at any time', () => {
    for (const { text, value } of series) expect(Number.isFinite(value(time)), text).toBe(true);
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

  test.each(['llm-research', 'vision-lab', 'fraud-detection', 'bert-serving'])('project %s has CPU and memory of containers', (namespace) => {
    for (const name of ['container_cpu_usage_seconds_total', 'container_memory_working_set_bytes']) {
      expect(named(name).some(({ text }) => text.includes(`namespace="${namespace}"`)), name).toBe(true);
    }
  });
});
