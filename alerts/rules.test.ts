/** The rules, as Prometheus's own tool reads and tries them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const folder = import.meta.dirname;
const promtool = process.env['PROMTOOL_BIN'] ?? 'promtool';

const ruleSchema = z.object({ record: z.string().optional(), alert: z.string().optional(), expr: z.string(), labels: z.record(z.string(), z.string()).optional(), annotations: z.record(z.string(), z.string()).optional() });
const resourceSchema = z.object({
  apiVersion: z.literal('monitoring.coreos.com/v1'),
  kind: z.literal('PrometheusRule'),
  spec: z.object({ groups: z.array(z.looseObject({ name: z.string(), interval: z.string(), rules: z.array(z.looseObject(ruleSchema.shape)) })) }),
});

const resources = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, groups: resourceSchema.parse(parse(readFileSync(join(folder, name), 'utf8'))).spec.groups }));
const alerts = resources.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules.filter(({ alert }) => alert !== undefined)));
const tests = readdirSync(join(folder, 'tests')).filter((name) => name.endsWith('.yaml'));

const testSchema = z.object({
  tests: z.array(z.looseObject({ alert_rule_test: z.array(z.looseObject({ alertname: z.string(), exp_alerts: z.array(z.unknown()).optional() })).optional() })),
});

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'rules-'));
  // Prometheus reads the groups of a resource; the tests name the files beside them.
  for (const { name, groups } of resources) writeFileSync(join(work, name), stringify({ groups }));
  for (const name of tests) writeFileSync(join(work, `test-${name}`), readFileSync(join(folder, 'tests', name)));
});
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/** Output of promtool; throws with it when promtool objects. */
function run(...args: string[]): string {
  try {
    return execFileSync(promtool, args, { cwd: work, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error(error instanceof Error && 'stdout' in error ? `${String(error.stdout)}${String(Reflect.get(error, 'stderr'))}` : String(error));
  }
}

// promtool evaluates days minute by minute.
describe('rules', { timeout: 240_000 }, () => {
  it.each(resources)('$name is accepted by Prometheus', ({ name }) => {
    expect(run('check', 'rules', name)).toContain('SUCCESS');
  });

  it.each(tests)('%s: each alert fires where it should and is silent where it should', (name) => {
    expect(run('test', 'rules', `test-${name}`)).toContain('SUCCESS');
  });

  it.each(alerts)('$alert says how severe it is, what happened and what to do', ({ alert, labels, annotations }) => {
    expect(['critical', 'warning', 'info']).toContain(labels?.['severity']);
    expect(annotations?.['summary']).not.toBe(undefined);
    expect(annotations?.['description']?.length).toBeGreaterThan(30);
    expect(annotations?.['runbook_url']).toBe(`docs/runbooks/alerts.md#${alert?.toLowerCase() ?? ''}`);
    expect(readFileSync(join(folder, '../docs/runbooks/alerts.md'), 'utf8')).toContain(`\n## ${alert ?? ''}\n`);
  });

  it.each(alerts)('$alert is tried firing and silent', ({ alert }) => {
    const expectations = tests
      .flatMap((name) => testSchema.parse(parse(readFileSync(join(folder, 'tests', name), 'utf8'))).tests)
      .flatMap(({ alert_rule_test: cases = [] }) => cases.filter(({ alertname }) => alertname === alert))
      .map(({ exp_alerts: expected = [] }) => expected.length > 0);
    expect(expectations).toContain(true);
    expect(expectations).toContain(false);
  });
});
