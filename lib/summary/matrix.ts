/** A range query's answer as even steps of numbers. Knows Prometheus's format and nothing of what is measured. */
import { z } from 'zod';

export interface Steps {
  /** Seconds since the epoch. */
  readonly start: number;
  readonly end: number;
  /** Seconds; divides the range. */
  readonly step: number;
}

export interface TrendSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** One value for each step; null where there is no sample or no number, such as a division by zero. */
  readonly values: readonly (number | null)[];
}

/** https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries */
const matrixAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.tuple([z.number(), z.string()])).default([]) })),
  }),
});

/** @throws ZodError when the answer is not of the documented shape */
export function readMatrix(answer: unknown, { start, end, step }: Steps): TrendSeries[] {
  const count = Math.round((end - start) / step) + 1;
  return matrixAnswer.parse(answer).data.result.map(({ metric, values }) => {
    const steps = Array.from({ length: count }, (): number | null => null);
    for (const [time, text] of values) {
      const value = Number(text);
      if (Number.isFinite(value)) {
        steps[Math.round((time - start) / step)] = value;
      }
    }
    return { labels: metric, values: steps };
  });
}
