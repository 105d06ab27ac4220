/**
 * Stands in for `numbro`, whose one use in Perses is to write bytes in powers of 1000: `1.5 KB`. The same text for the
 * same number, which numbro.test.ts holds it to; but by the locale.
 */
interface ByteFormat {
  /** Decimal places. */
  readonly mantissa: number;
  /** Whether zeros at their end are left out. */
  readonly trimMantissa: boolean;
}

const suffixes = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];

export default function numbro(bytes: number) {
  return {
    format({ mantissa, trimMantissa }: ByteFormat): string {
      const power = suffixes.findLastIndex((_, index) => Math.abs(bytes) >= 1000 ** index);
      const shown = round(bytes / 1000 ** Math.max(0, power), mantissa);
      const places = { minimumFractionDigits: trimMantissa ? 0 : mantissa, maximumFractionDigits: mantissa, useGrouping: false };
      return `${shown.toLocaleString(undefined, places)} ${suffixes[Math.max(0, power)] ?? ''}`;
    },
  };
}

/** By the number as it is written: 1.005 is 1.01, though its binary form is a little less. */
function round(value: number, places: number): number {
  const text = String(value);
  return text.includes('e') || !Number.isFinite(value) ? value : Number(`${Math.round(Number(`${text}e+${places}`))}e-${places}`);
}
