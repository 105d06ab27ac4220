/** Whether what is behind the app works: the answer of `GET /api/status`. */
import { z } from './zod';

/** What was checked of something behind the app, and what to do about it. */
export const findingSchema = z.object({
  /** What was checked: `datasource prometheus`, `metrics of nodes`. */
  subject: z.string(),
  /**
   * `ok`: works. `problem`: does not, and people notice. `missing`: not there, and what needs it stays empty. `unknown`:
   * could not be checked by whoever asked.
   */
  state: z.enum(['ok', 'problem', 'missing', 'unknown']),
  /** What was found. */
  found: z.string(),
  /** What to do next, where there is something to do. */
  next: z.string().exactOptional(),
  /** What people cannot do, or see empty or old, while it does not work; nothing where it works. */
  affects: z.string().exactOptional(),
});

export type Finding = z.infer<typeof findingSchema>;

export const platformStatusSchema = z.object({
  /** `impaired`: something does not work. `partial`: all works, and some metrics are not collected. */
  state: z.enum(['working', 'partial', 'impaired']),
  /** What that means for people, without addresses and reasons. */
  sentence: z.string(),
  /** When it was looked at, in milliseconds since the epoch. */
  checked: z.int(),
  /** In the order of the checks, for administrators: they name addresses and reasons. */
  findings: z.array(findingSchema).exactOptional(),
});

export const recentErrorsSchema = z.object({
  /** Lines of the log, the oldest first. */
  lines: z.array(z.string()),
});

export type PlatformStatus = z.infer<typeof platformStatusSchema>;
