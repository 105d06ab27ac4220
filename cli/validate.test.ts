import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { startPrometheus } from '../lib/query/testing/prometheus';
import { soundDashboard } from './testing/dashboard';
import { folderWith, runCommand } from './testing/terminal';

const broken = soundDashboard.replace('kind: StatChart', 'kind: FlameChart').replace('name: serving', 'name: broken');
const lineOfBroken = broken.split('\n').findIndex((line) => line.includes('FlameChart')) + 1;
const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');

describe('validate', () => {
  it('is content with a dashboard that keeps every rule, in each of its forms', async () => {
    const resource = parse(soundDashboard) as { metadata: Record<string, unknown>; spec: { config: unknown } };
    const folder = await folderWith({
      'v1alpha2.yaml': soundDashboard,
      'v1alpha1.json': JSON.stringify({ ...resource, apiVersion: 'perses.dev/v1alpha1', metadata: { name: 'older' }, spec: resource.spec.config }),
      'perses.yaml': stringify({ kind: 'Dashboard', metadata: { name: 'perses', project: 'fraud-detection' }, spec: resource.spec.config }),
      'configmap.yaml': `kind: ConfigMap\nmetadata: { name: dashboards, namespace: bert-serving }\ndata:\n  serving.yaml: |\n${indent(soundDashboard.replace('  namespace: fraud-detection\n', ''))}`,
      'readme.txt': 'not looked at',
    });
    expect(await runCommand(['validate', folder])).toEqual({ code: 0, out: '4 dashboards in 4 files: no problems\n', err: '' });
  });

  it('names file, line, column, place, reason and remedy', async () => {
    const folder = await folderWith({ 'broken.yaml': broken });
    const { code, out } = await runCommand(['validate', join(folder, 'broken.yaml')]);
    expect(code).toBe(1);
    expect(out).toMatch(`${folder}/broken.yaml:${lineOfBroken}:19: spec.config.panels.errors.spec.plugin.kind: there is no panel of kind "FlameChart" [panel-kind]\n  Use one of BarChart,`);
    expect(out).toMatch(/1 dashboard in 1 file: 1 problem\n$/);
  });

  it('finds the place in the second document of a file, and inside a ConfigMap', async () => {
    const folder = await folderWith({
      'two.yaml': `${soundDashboard}---\n${broken}`,
      'configmap.yaml': `kind: ConfigMap\nmetadata: { name: dashboards }\ndata:\n  broken.yaml: |\n${indent(broken.replace('name: broken', 'name: held'))}`,
      'quoted.json': JSON.stringify({ kind: 'ConfigMap', data: { 'x.json': '{"kind":' } }),
    });
    const { out } = await runCommand(['validate', folder, '--format', 'json']);
    const { problems } = JSON.parse(out) as { problems: { file: string; line: number; column: number; path: string }[] };
    expect(problems).toMatchObject([
      { file: join(folder, 'configmap.yaml'), line: 4 + lineOfBroken, column: 23, path: 'data.broken.yaml.spec.config.panels.errors.spec.plugin.kind' },
      { file: join(folder, 'quoted.json'), line: 1, path: 'data.x.json', rule: 'syntax' },
      { file: join(folder, 'two.yaml'), line: soundDashboard.split('\n').length + lineOfBroken, column: 19, remedy: expect.stringContaining('BarChart') as string },
    ]);
    expect(problems).toHaveLength(3);
  });

  it('finds one name twice, whichever file it is in', async () => {
    const folder = await folderWith({ 'a.yaml': soundDashboard, 'b.yaml': soundDashboard });
    expect((await runCommand(['validate', folder])).out).toContain(`b.yaml:4:9: metadata.name: fraud-detection/serving is in ${folder}/a.yaml already [duplicate]`);
  });

  it('writes SARIF and JUnit', async () => {
    const folder = await folderWith({ 'broken.yaml': broken, 'sound.yaml': soundDashboard });
    const sarif = JSON.parse((await runCommand(['validate', folder, '--format=sarif'])).out) as { runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleIndex: number }[] }[] };
    const [run] = sarif.runs;
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ results: [{ ruleId: 'panel-kind', level: 'error', locations: [{ physicalLocation: { region: { startLine: lineOfBroken, startColumn: 19 } } }] }] }] });
    expect(run?.tool.driver.rules[run.results[0]?.ruleIndex ?? -1]?.id).toBe('panel-kind');
    const junit = (await runCommand(['validate', folder, '--format=junit'])).out;
    expect(junit).toContain('<testsuites tests="2" failures="1">');
    expect(junit).toContain('message="spec.config.panels.errors.spec.plugin.kind: there is no panel of kind &quot;FlameChart&quot;"');
  });

  it('asks a Prometheus which metrics there are', async () => {
    const prometheus = await startPrometheus({ history: '# TYPE requests_total counter\nrequests_total{job="serving"} 1 1700000000\n# EOF\n' });
    onTestFinished(() => prometheus.stop());
    const folder = await folderWith({ 'sound.yaml': soundDashboard });
    const { code, out } = await runCommand(['validate', folder, '--prometheus', prometheus.url]);
    expect(code).toBe(1);
    expect(out).toContain('there is no metric "errors_ratio" [metric]');
    expect(out).toContain('1 problem\n');
  });

  it('knows which datasources there are when it is told', async () => {
    const folder = await folderWith({ 'sound.yaml': soundDashboard });
    expect((await runCommand(['validate', folder, '--datasources', 'thanos, mimir'])).out).toContain('there is no datasource "prometheus" [datasource]');
    expect((await runCommand(['validate', folder, '--datasources', 'thanos,prometheus'])).code).toBe(0);
  });

  it.each([
    ['no file', [], /No file is given/],
    ['a file that is not there', ['/nowhere/x.yaml'], /cannot be read: ENOENT/],
    ['an unknown option', ['x.yaml', '--colour'], /--colour/],
    ['an unknown format', ['x.yaml', '--format', 'pdf'], /expected one of text, json, sarif, junit/],
    ['a Prometheus that is none', ['package.json', '--prometheus', 'ftp://x'], /http or https/],
    ['a Prometheus that does not answer', ['package.json', '--prometheus', 'http://127.0.0.1:1'], /cannot be listed/],
  ])('%s is a wrong use, with the right one beside it', async (_, args, reason) => {
    const { code, out, err } = await runCommand(['validate', ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(reason);
    expect(err).toContain('odh-observability validate <file or folder>');
  });
});

describe('the program', () => {
  it('explains itself', async () => {
    expect((await runCommand(['--help'])).out).toContain('odh-observability validate');
    expect(await runCommand(['frobnicate'])).toMatchObject({ code: 2, out: '' });
    expect((await runCommand([])).code).toBe(2);
  });

  it('runs with plain node when it is built', async () => {
    const outfile = join(import.meta.dirname, '..', 'dist', `cli-${process.pid}.test.mjs`);
    await build({ entryPoints: [join(import.meta.dirname, 'main.ts')], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20.19', packages: 'external', logLevel: 'warning' });
    const folder = await folderWith({ 'broken.yaml': broken });
    onTestFinished(async () => (await import('node:fs/promises')).rm(outfile));
    const ran = promisify(execFile)(process.execPath, [outfile, 'validate', folder]);
    await expect(ran).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('FlameChart') as string, stderr: '' });
  });
});
