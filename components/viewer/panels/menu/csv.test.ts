import { expect, it } from 'vitest';
import { fileName, toCsv } from './csv';

const series = (name: string, ...values: [number, number | null][]) => ({ name, formattedName: name, values });

it('has a line for each time at which any series has a value', () => {
  expect(toCsv([{ series: [series('a', [0, 1], [60_000, 2.5])] }, { series: [series('b', [60_000, null], [120_000, 3])] }])).toBe(
    'time,a,b\r\n1970-01-01T00:00:00.000Z,1,\r\n1970-01-01T00:01:00.000Z,2.5,\r\n1970-01-01T00:02:00.000Z,,3\r\n',
  );
});

it.each([
  ['a, "b"', '"a, ""b"""'],
  ['=HYPERLINK(0)', "'=HYPERLINK(0)"],
  ['@x\ny', '"\'@x\ny"'],
  ['bert-v2', 'bert-v2'],
])('writes the name %j as %j', (name, cell) => expect(toCsv([{ series: [series(name)] }])).toBe(`time,${cell}\r\n`));

it('names the file after the panel', () => {
  expect(fileName('GPU utilization (%)', 'csv')).toBe('gpu-utilization.csv');
  expect(fileName('%', 'png')).toBe('panel.png');
});
