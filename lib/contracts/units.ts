/** The units in which Perses writes numbers (`format.unit`). */
export const units = [
  'aud', 'cad', 'chf', 'cny', 'eur', 'gbp', 'hkd', 'inr', 'jpy', 'krw', 'nok', 'nzd', 'sek', 'sgd', 'usd',
  'bits/sec', 'bytes/sec', 'counts/sec', 'events/sec', 'messages/sec', 'ops/sec', 'packets/sec', 'reads/sec', 'records/sec', 'requests/sec', 'rows/sec', 'writes/sec',
  'bytes', 'decimal', 'percent', 'percent-decimal', '%',
  'milliseconds', 'seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'years',
] as const;

export type Unit = (typeof units)[number];
