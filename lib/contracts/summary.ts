/** A project summed up in figures: the answer of `GET /api/summary?namespace=…`. */
import { errorCodes } from './errors';
import { z } from './zod';

/** How a value is judged; `neutral` where there is nothing to judge. */
const healths = ['good', 'warning', 'critical', 'neutral'] as const;

/** Values in even steps of the summary's time range; null where nothing was measured. */
const trend = z.array(z.number().nullable());

const figureSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('measured'),
    value: z.number(),
    health: z.enum(healths),
    /** The health in a word or two, because colour alone tells nothing to many. */
    word: z.string().min(1),
    trend,
  }),
  /** There are no series: not the same as zero. */
  z.object({ state: z.literal('absent'), reason: z.string().min(1) }),
  /** It could not be found out. */
  z.object({ state: z.literal('failed'), code: z.enum(errorCodes) }),
]);

const modelSchema = z.object({
  name: z.string(),
  requestRate: figureSchema,
  errorRate: figureSchema,
  latencyP95: figureSchema,
});

const modelsSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('measured'),
    /** Those with the most requests first; not all where there are many. */
    shown: z.array(modelSchema).min(1),
    /** How many there are. */
    total: z.int(),
  }),
  z.object({ state: z.literal('absent'), reason: z.string().min(1) }),
  z.object({ state: z.literal('failed'), code: z.enum(errorCodes) }),
]);

export const summarySchema = z.object({
  namespace: z.string(),
  /** When it was measured, in milliseconds since the epoch. */
  time: z.int(),
  /** Length of the trends, which end at `time`, in milliseconds. */
  range: z.int(),
  trainingJobs: figureSchema,
  gpuUtilization: figureSchema,
  activeNotebooks: figureSchema,
  failedRuns: figureSchema,
  models: modelsSchema,
});

export type Health = (typeof healths)[number];
export type Figure = z.infer<typeof figureSchema>;
export type Model = z.infer<typeof modelSchema>;
export type Models = z.infer<typeof modelsSchema>;
export type Summary = z.infer<typeof summarySchema>;
