/** The chart, as far as it can be judged without Helm: its values against their schema, its alerts against the app. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configSchema } from '../../lib/config/schema';
import { createMetrics } from '../../lib/telemetry/metrics';
import { chartValuesSchema } from './chart-values';

const chart = join(import.meta.dirname, '..', '..', 'helm', 'odh-observability');
const read = (file: string) => readFileSync(join(chart, file), 'utf8');

const schemaNode = z.looseObject({
  get properties() {
    return z.record(z.string(), schemaNode).optional();
  },
});
type SchemaNode = z.infer<typeof schemaNode>;

const values = schemaNode.parse(JSON.parse(chartValuesSchema()));
const config = values.properties?.['config'];

/** Keys of a schema, each with the path to it; of maps with keys of one's own choice none. */
const keysOf = ({ properties = {} }: SchemaNode, prefix = ''): string[] => Object.entries(properties).flatMap(([key, child]) => [`${prefix}${key}`, ...keysOf(child, `${prefix}${key}.`)]);

describe('values of the chart', () => {
  it('hold the app’s whole configuration, but for what the chart decides', () => {
    const whole = keysOf(schemaNode.parse(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' })));
    const decided = (key: string) => key === 'listen' || key.startsWith('listen.') || key === 'dashboards.own';
    expect(keysOf(config ?? {}).sort()).toEqual(whole.filter((key) => !decided(key)).sort());
    expect(whole.filter(decided)).toContain('listen.tls.keyFile');
  });

  it('have no place for a secret: every map of the configuration refuses keys that it does not know', () => {
    const open: string[] = [];
    const look = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('properties' in node && (!('additionalProperties' in node) || node.additionalProperties !== false)) open.push(path);
      Object.entries(node).forEach(([key, child]) => look(child, `${path}/${key}`));
    };
    look(config, 'config');
    expect(open).toEqual([]);
    const secretLike = JSON.stringify(config).match(/"[a-z]*(?:secret|password|passphrase|apikey)[a-z]*":/gi);
    expect(secretLike).toBeNull();
  });

  it('are all in values.yaml, with a comment or a name that says what they are', () => {
    const written = Object.keys(parse(read('values.yaml')) as Record<string, unknown>).sort();
    expect(written).toEqual(
      Object.keys(values.properties ?? {})
        .filter((key) => key !== 'global')
        .sort(),
    );
  });
});

it('alerts read metrics that the app has', async () => {
  const own = await createMetrics('0').registry.getMetricsAsJSON();
  const known = own.flatMap(({ name, type }) => (String(type) === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]));
  const expressions = read('templates/monitoring.yaml').split('\n').filter((line) => line.includes('{{- $app -}}'));
  const asked = expressions.join('\n').match(/\b(?:odh_observability|nodejs)_\w+/g) ?? [];
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((name) => !known.includes(name))).toEqual([]);
});

it('chart and app have one version', () => {
  const { version } = JSON.parse(readFileSync(join(chart, '..', '..', 'package.json'), 'utf8')) as { version: string };
  expect(parse(read('Chart.yaml'))).toMatchObject({ version, appVersion: version });
});
