import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { levelsOf } from '../history/rules';
import { temporaryDirectory } from '../testing/temporary-directory';
import { readRules, ruleFile } from './rules';

const resource = (kind: string, group: string) => `apiVersion: monitoring.coreos.com/v1
kind: ${kind}
metadata: { name: a }
spec:
  groups:
    - name: ${group}
      interval: 5m
      rules: [{ record: "a:b:c", expr: "sum(up)" }]
`;

test('a folder that is not there, or is empty, has no rules', async () => {
  const directory = await temporaryDirectory();
  expect(await readRules(join(directory, 'nothing'))).toEqual([]);
  expect(await readRules(directory)).toEqual([]);
});

test('the groups of all resources become one rule file, and folders and other files beside them are left alone', async () => {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'tests'));
  await writeFile(join(directory, 'tests', 'x.yaml'), 'not: a rule');
  await writeFile(join(directory, 'README.md'), '# Rules');
  await writeFile(join(directory, 'b.yaml'), resource('PrometheusRule', 'three'));
  await writeFile(join(directory, 'a.yaml'), `${resource('PrometheusRule', 'one')}---\n${resource('PrometheusRule', 'two')}`);
  const groups = await readRules(directory);
  expect(groups.map(({ name }) => name)).toEqual(['one', 'two', 'three']);
  expect(parse(ruleFile(groups.slice(0, 1)))).toEqual({ groups: [{ name: 'one', interval: '5m', rules: [{ record: 'a:b:c', expr: 'sum(up)' }] }] });
});

test('a file that is no PrometheusRule is named', async () => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, 'a.yaml'), resource('ConfigMap', 'one'));
  await expect(readRules(directory)).rejects.toThrow(/a\.yaml is not a PrometheusRule/);
});

test('rules are evaluated after those whose series they read', () => {
  const group = {
    name: 'g',
    interval: '5m',
    rules: [
      { alert: 'High', expr: 'a:ratio:rate1h > 1' },
      { record: 'a:ratio:rate1h', expr: 'a:errors:rate5m / a:requests:rate5m' },
      { record: 'a:errors:rate5m', expr: 'rate(errors[5m])' },
      { record: 'a:requests:rate5m', expr: 'rate(requests[5m])' },
    ],
  };
  const names = (written: string[]) => levelsOf([group], new Set(written)).map((level) => level.map(({ rule, stepSeconds }) => `${rule.record ?? rule.alert ?? ''} ${stepSeconds}`));
  expect(names(['a:requests:rate5m'])).toEqual([['a:errors:rate5m 300'], ['a:ratio:rate1h 300'], ['High 300']]);
  const circle = { name: 'c', rules: [{ record: 'a:b:c', expr: 'd:e:f' }, { record: 'd:e:f', expr: 'a:b:c' }] };
  expect(() => levelsOf([circle], new Set())).toThrow(/read each other's series/);
});
