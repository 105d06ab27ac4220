/**
 * What a panel's thresholds say of its figures, in a word: a colour says it only to those who can tell it from others.
 * Follows Perses in which threshold a value has passed (https://perses.dev/perses/docs/plugins/statchart/). Pure.
 */
import { applyValueMapping, type TimeSeriesData } from '@perses-dev/core';
import { z } from '../../../lib/contracts/zod';
import { calculate } from '../../perses/calculation';
import { texts } from '../../texts';

/** From good to bad; neutral is what the author coloured as none of the others. */
const severities = ['healthy', 'neutral', 'warning', 'critical'] as const;

export type Severity = (typeof severities)[number];

export interface PanelStatus {
  readonly severity: Severity;
  /** The name that the author gave to the threshold, or else what its colour stands for. */
  readonly word: string;
  /** How many of the panel's figures it is true of; undefined where there is but one. */
  readonly share: { readonly count: number; readonly of: number } | undefined;
}

/** What a threshold without a colour is drawn in, by its place (theme.ts). */
const placeSeverities = ['warning', 'critical', 'critical'] as const;

const colorSchema = z.string().optional().catch(undefined);
const stepSchema = z.looseObject({ value: z.number(), name: z.string().min(1).optional().catch(undefined), color: colorSchema });
const thresholdsSchema = z.looseObject({ mode: z.string().optional(), defaultColor: colorSchema, steps: z.array(stepSchema).min(1) });
const specSchema = z.looseObject({
  calculation: z.string().optional(),
  max: z.number().optional(),
  format: z.looseObject({ unit: z.string().optional() }).optional(),
  mappings: z.array(z.unknown()).optional(),
  thresholds: thresholdsSchema,
});

type FigureSpec = z.infer<typeof specSchema>;
type Step = z.infer<typeof stepSchema>;

interface Plugin {
  readonly kind: string;
  readonly spec: unknown;
}

/** The worst state among the figures of a stat or a gauge; undefined where its thresholds say nothing of them. */
export function statusOf({ kind, spec }: Plugin, data: readonly TimeSeriesData[]): PanelStatus | undefined {
  const parsed = kind === 'StatChart' || kind === 'GaugeChart' ? specSchema.safeParse(spec).data : undefined;
  if (parsed === undefined) {
    return undefined;
  }
  // A gauge draws its first query only.
  const drawn = kind === 'GaugeChart' ? data.slice(0, 1) : data;
  const figures = drawn.flatMap(({ series }) => series.map((each) => calculate(parsed.calculation, each)));
  const states = figures.flatMap((value) => (typeof value === 'number' && !Number.isNaN(value) ? [stateOf(kind, parsed, value)] : []));
  const worst = states.reduce<State | undefined>((a, b) => (b !== undefined && (a === undefined || rank(b) > rank(a)) ? b : a), undefined);
  return worst && { ...worst, share: figures.length < 2 ? undefined : { count: states.filter((state) => state?.word === worst.word).length, of: figures.length } };
}

/** The limits that a chart over time draws as dashed lines, by the names that the author gave them. */
export function limitsOf({ kind, spec }: Plugin): string[] {
  const parsed = kind === 'TimeSeriesChart' ? z.looseObject({ thresholds: thresholdsSchema }).safeParse(spec).data : undefined;
  return (parsed?.thresholds.steps ?? []).flatMap(({ name }) => name ?? []);
}

type State = Pick<PanelStatus, 'severity' | 'word'>;

const rank = ({ severity }: State): number => severities.indexOf(severity);

function stateOf(kind: string, spec: FigureSpec, value: number): State | undefined {
  const { thresholds, mappings = [] } = spec;
  const passed = thresholds.steps.findLastIndex((step) => value >= limitOf(kind, spec, step));
  const { name, color } = thresholds.steps[passed] ?? { color: thresholds.defaultColor };
  // The colour of a mapped value comes first; Perses checks nothing of mappings either.
  const mapped = mappings.length === 0 ? undefined : applyValueMapping(value, mappings as Parameters<typeof applyValueMapping>[1]).color;
  const severity = mapped === undefined && color === undefined && passed >= 0 ? placeSeverities[passed] : severityOfColor(mapped ?? color);
  const word = (mapped === undefined ? name : undefined) ?? (severity && texts.panels.severities[severity]);
  return word === undefined ? undefined : { severity: severity ?? 'neutral', word };
}

function limitOf(kind: string, { thresholds, max, format }: FigureSpec, { value }: Step): number {
  return kind === 'GaugeChart' && thresholds.mode === 'percent' ? (value / 100) * (max ?? (format?.unit === 'percent' ? 100 : 1)) : value;
}

/** What people take a colour for, by its hue in degrees: red, orange and yellow, green. Others stand for nothing. */
function severityOfColor(color: string | undefined): Severity | undefined {
  const hex = /^#([0-9a-f]{6})/i.exec(color ?? '')?.[1] ?? /^#([0-9a-f]{3})$/i.exec(color ?? '')?.[1]?.replaceAll(/./g, '$&$&');
  if (hex === undefined) {
    return undefined;
  }
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const highest = Math.max(red, green, blue);
  const spread = highest - Math.min(red, green, blue);
  // Nearly grey.
  if (spread < 40) {
    return undefined;
  }
  const hue = 60 * (highest === red ? (green - blue) / spread : highest === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread);
  if (hue >= -20 && hue < 25) return 'critical';
  if (hue >= 25 && hue < 70) return 'warning';
  return hue >= 70 && hue < 170 ? 'healthy' : undefined;
}
