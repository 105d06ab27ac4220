import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { exporterOf } from './exporters';

/** Each metric of docs/metrics.md with the section that it stands in. */
const documented = readFileSync('docs/metrics.md', 'utf8')
  .split(/^## /m)
  .flatMap((section) => {
    const [heading = ''] = section.split('\n');
    const exporter = heading.replace(/: (machines|nodes|prices) \(|\(/, '\n').split('\n')[0]?.trim() ?? '';
    return [...section.matchAll(/^\| `([A-Za-z_:][\w:]*)` \| (?:gauge|counter|histogram)\b/gm)].map(([, metric = '']) => [metric, exporter] as const);
  });

it('knows what emits each documented metric', () => {
  expect(documented.length).toBeGreaterThan(150);
  expect(documented.filter(([metric, exporter]) => exporterOf(metric) !== exporter).map(([metric, exporter]) => ({ metric, exporter, found: exporterOf(metric) }))).toEqual([]);
});

it('knows the series of a histogram, and says nothing of a metric that nobody documented', () => {
  expect(exporterOf('vllm:time_to_first_token_seconds_bucket')).toBe('vLLM');
  expect(exporterOf('my_metric')).toBeUndefined();
});
