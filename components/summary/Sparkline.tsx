/** A trend as a small line from zero up, with its description as the text for those who do not see it. */
import styles from './summary.module.css';

const width = 120;
const height = 28;
/** Half of the line's thickness, so that its ends are not cut off. */
const margin = 1.5;

export function Sparkline({ values, description }: { readonly values: readonly (number | null)[]; readonly description: string }) {
  return (
    <svg role="img" aria-label={description} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" className={styles.sparkline} data-testid="sparkline">
      <path d={linePath(values)} className={styles.line} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** The values as a path; where nothing was measured the line is interrupted. */
export function linePath(values: readonly (number | null)[]): string {
  const highest = Math.max(0, ...values.filter((value) => value !== null));
  const x = (index: number) => round(margin + (index * (width - 2 * margin)) / Math.max(1, values.length - 1));
  const y = (value: number) => round(height - margin - (highest === 0 ? 0 : (value / highest) * (height - 2 * margin)));
  const parts: string[] = [];
  values.forEach((value, index) => {
    if (value === null) {
      return;
    }
    const before = values[index - 1] ?? null;
    // A line of no length is drawn as a dot, by its round ends.
    parts.push(before === null ? `M${x(index)} ${y(value)}h0` : `L${x(index)} ${y(value)}`);
  });
  return parts.join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
