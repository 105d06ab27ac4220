/** Series as a table for spreadsheets: RFC 4180, one line for each time, one column for each series. Pure. */
import type { TimeSeriesData } from '@perses-dev/core';

export function toCsv(data: readonly TimeSeriesData[]): string {
  const series = data.flatMap((each) => each.series);
  const byTime = new Map<number, (number | null)[]>();
  for (const [column, { values }] of series.entries()) {
    for (const [time, value] of values) {
      const line = byTime.get(time) ?? series.map(() => null);
      line[column] = value;
      byTime.set(time, line);
    }
  }
  const lines = [...byTime].sort(([a], [b]) => a - b).map(([time, values]) => [new Date(time).toISOString(), ...values.map((value) => (value === null ? '' : String(value)))]);
  return [['time', ...series.map(({ formattedName, name }) => text(formattedName ?? name))], ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

/** A name comes from labels, which others may choose: a spreadsheet must not take it for a formula. */
function text(name: string): string {
  const safe = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A file's name out of a panel's title. */
export function fileName(title: string, ending: 'csv' | 'png'): string {
  return `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'panel'}.${ending}`;
}
