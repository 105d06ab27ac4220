/** Why a query was answered with nothing: the answer of `GET /api/absence?query=…&start=…&end=…&datasource=…`. */
import { z } from './zod';

export const absenceSchema = z.discriminatedUnion('reason', [
  /** The query names projects, and none of them is the caller's. Says nothing of whether they exist. */
  z.object({ reason: z.literal('no-access'), projects: z.array(z.string()).min(1) }),
  /** Nothing in the time range, but at another time. */
  z.object({
    reason: z.literal('another-time'),
    /** When there was something last, in milliseconds since the epoch; undefined where it is known only that it was within `within`. */
    last: z.int().optional(),
    within: z.enum(['24h', '7d', '30d']),
  }),
  /** The caller's projects have these metrics, but not for what was chosen. */
  z.object({ reason: z.literal('nothing-chosen'), metrics: z.array(z.string()) }),
  /** No project of the caller's has had these metrics within 30 days. */
  z.object({
    reason: z.literal('not-emitted'),
    metrics: z.array(z.string()),
    /** What emits them, as docs/metrics.md names it. */
    exporters: z.array(z.string()),
  }),
  /** The metrics are there, and nothing in them meets the query's conditions. */
  z.object({ reason: z.literal('no-match') }),
]);

export type Absence = z.infer<typeof absenceSchema>;
