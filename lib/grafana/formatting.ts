/** Units, thresholds, legends, value mappings and calculations: what several kinds of panels say about their numbers. */
import type { Unit } from '../contracts/units';
import type { GrafanaDefaults, GrafanaPanel } from './model';
import type { Notes } from './report';

/** Grafana's names (packages/grafana-data/src/valueFormats/categories.ts) for units that Perses has. */
const units: Readonly<Record<string, Unit>> = {
  none: 'decimal', short: 'decimal', sci: 'decimal', locale: 'decimal', string: 'decimal', percent: 'percent', percentunit: 'percent-decimal',
  bytes: 'bytes', decbytes: 'bytes', Bps: 'bytes/sec', binBps: 'bytes/sec', bps: 'bits/sec', binbps: 'bits/sec',
  ms: 'milliseconds', s: 'seconds', dtdurations: 'seconds', clocks: 'seconds', dthms: 'seconds', m: 'minutes', h: 'hours', d: 'days', dtdurationms: 'milliseconds', clockms: 'milliseconds',
  cps: 'counts/sec', ops: 'ops/sec', reqps: 'requests/sec', rps: 'reads/sec', wps: 'writes/sec', iops: 'ops/sec', eps: 'events/sec', mps: 'messages/sec', recps: 'records/sec', rowsps: 'rows/sec', pps: 'packets/sec',
  currencyUSD: 'usd', currencyEUR: 'eur', currencyGBP: 'gbp', currencyJPY: 'jpy', currencyCHF: 'chf', currencyINR: 'inr', currencyKRW: 'krw', currencyNOK: 'nok', currencySEK: 'sek',
};

/** Those that only look a little different. */
const close = new Set(['sci', 'locale', 'string', 'decbytes', 'binBps', 'binbps', 'dtdurations', 'clocks', 'dthms', 'dtdurationms', 'clockms']);

export interface Format {
  readonly unit: Unit;
  readonly decimalPlaces?: number;
}

export function formatOf(defaults: Pick<GrafanaDefaults, 'unit' | 'decimals'> | undefined, notes: Notes): Format {
  const name = defaults?.unit ?? 'none';
  const unit = Object.hasOwn(units, name) ? units[name] : undefined;
  if (unit === undefined) notes.approximated(`the unit "${name}" is written as a plain number`);
  else if (close.has(name)) notes.approximated(`the unit "${name}" is written as ${unit}`);
  const decimals = defaults?.decimals;
  return { unit: unit ?? 'decimal', ...(typeof decimals === 'number' && decimals >= 0 ? { decimalPlaces: decimals } : {}) };
}

const hues: Readonly<Record<string, string>> = { green: '#3e8635', yellow: '#f0ab00', orange: '#ec7a08', red: '#c9190b', blue: '#0066cc', purple: '#6753ac', text: '#6a6e73', transparent: '#6a6e73', gray: '#6a6e73', grey: '#6a6e73', white: '#d2d2d2', black: '#151515' };

/** Grafana's named colours (`semi-dark-red`) by their hue; others as they are written. */
export function colorOf(color: string | undefined): string | undefined {
  if (color === undefined || /^#[0-9a-fA-F]{3,8}$/.test(color)) return color;
  return hues[/[a-z]+$/.exec(color)?.[0] ?? ''];
}

export function thresholdsOf(defaults: GrafanaDefaults | undefined): Record<string, unknown> | undefined {
  const { mode, steps = [] } = defaults?.thresholds ?? {};
  const base = steps.find(({ value }) => typeof value !== 'number');
  const above = steps.filter((step) => typeof step.value === 'number');
  if (above.length === 0) return undefined;
  return {
    mode: mode === 'percentage' ? 'percent' : 'absolute',
    ...withDefined({ defaultColor: colorOf(base?.color) }),
    steps: above.map(({ color, value }) => ({ value, ...withDefined({ color: colorOf(color) }) })),
  };
}

const calculations: Readonly<Record<string, string>> = {
  last: 'last', lastNotNull: 'last-number', first: 'first', firstNotNull: 'first-number', mean: 'mean', avg: 'mean', sum: 'sum', total: 'sum', min: 'min', max: 'max', current: 'last-number',
};

export function calculationOf({ options }: GrafanaPanel, notes: Notes): string {
  const [first = 'lastNotNull', ...others] = options?.reduceOptions?.calcs ?? [];
  if (others.length > 0) notes.approximated('only the first of its calculations is shown');
  const calculation = calculations[first];
  if (calculation === undefined) notes.approximated(`the calculation "${first}" is the last value now`);
  return calculation ?? 'last-number';
}

export function legendOf({ options }: GrafanaPanel, notes: Notes): Record<string, unknown> | undefined {
  const legend = options?.legend;
  if (legend === undefined || legend.showLegend === false || legend.displayMode === 'hidden') return undefined;
  const unknown = legend.calcs.filter((name) => calculations[name] === undefined);
  if (unknown.length > 0) notes.leftOut(`calculations of the legend: ${unknown.join(', ')}`);
  const values = [...new Set(legend.calcs.flatMap((name) => calculations[name] ?? []))];
  return {
    position: legend.placement === 'right' ? 'right' : 'bottom',
    mode: legend.displayMode === 'table' || values.length > 0 ? 'table' : 'list',
    size: 'medium',
    ...(values.length > 0 ? { values } : {}),
  };
}

const specials: Readonly<Record<string, readonly string[]>> = { null: ['null'], nan: ['NaN'], 'null+nan': ['null', 'NaN'], true: ['true'], false: ['false'], empty: ['empty'] };

export function mappingsOf(defaults: GrafanaDefaults | undefined, notes: Notes): Record<string, unknown>[] {
  return (defaults?.mappings ?? []).flatMap(({ type, options = {} }) => {
    const shown = (result: { text?: string | undefined; color?: string | undefined } | undefined, otherwise = ''): Record<string, unknown> => withDefined({ value: result?.text ?? otherwise, color: colorOf(result?.color) });
    switch (type) {
      case 'value':
        return Object.entries(options).flatMap(([value, result]) => (isResult(result) ? [{ kind: 'Value', spec: { value, result: shown(result, value) } }] : []));
      case 'range':
        return [{ kind: 'Range', spec: { ...withDefined({ from: options.from ?? undefined, to: options.to ?? undefined }), result: shown(options.result) } }];
      case 'special':
        if (Object.hasOwn(specials, options.match ?? '')) return (specials[options.match ?? ''] ?? []).map((value) => ({ kind: 'Misc', spec: { value, result: shown(options.result) } }));
        break;
      default:
    }
    notes.leftOut(`a value mapping of type "${type ?? 'unknown'}"`);
    return [];
  });
}

function isResult(value: unknown): value is { text?: string; color?: string } {
  return typeof value === 'object' && value !== null && (!('text' in value) || typeof value.text === 'string') && (!('color' in value) || typeof value.color === 'string');
}

/** Without what is undefined. */
export function withDefined(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
