/** Spans of time in a word or two. Pure; in the language of the texts that they stand in. */
import { texts } from '../../texts';
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** The largest unit that a span has one of. */
const unitOf = (span: number) => units.find(([, milliseconds]) => span >= milliseconds) ?? units[3];

/** @param span in milliseconds */
export function ageText(span: number): string {
  const [unit, length] = unitOf(span);
  return new Intl.NumberFormat(texts.language, { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short' }).format(Math.max(0, Math.floor(span / length)));
}

/** @param span since then, in milliseconds */
export function agoText(span: number): string {
  const [unit, length] = unitOf(span);
  return new Intl.RelativeTimeFormat(texts.language).format(-Math.max(0, Math.floor(span / length)), unit);
}
