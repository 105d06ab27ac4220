/** What the editor of dashboards asks of the API, and how it is answered. */
import { dashboardSchema } from './dashboard';
import { z } from './zod';

/** Body of `POST /api/manage/check`. */
export const checkRequestSchema = z.object({
  /** A dashboard in YAML or JSON, in any form that is read here. */
  text: z.string(),
});

export const textProblemSchema = z.object({
  /** Both counted from 1. */
  line: z.int().min(1),
  column: z.int().min(1),
  /** Where in the resource, joined by dots; empty for all of it. */
  path: z.string(),
  reason: z.string(),
  /** What to do. */
  remedy: z.string(),
  /** Whether the dashboard is refused for it, or could only be better. */
  severity: z.enum(['error', 'advice']),
});

/** Answer of `POST /api/manage/check`. */
export const checkAnswerSchema = z.object({
  /** In the order of the text. */
  problems: z.array(textProblemSchema),
  /** What was understood; missing where the text is no dashboard. */
  dashboard: dashboardSchema.optional(),
});

/** A version that is kept beside what is stored now. */
export const keptVersionSchema = z.object({
  dashboard: dashboardSchema,
  /** Who made it, where the source knows. */
  changedBy: z.string().optional(),
});

/** Answer of `GET /api/manage/dashboards/:project/:name/history`. */
export const historySchema = z.object({
  /** Whether the dashboard's source keeps versions that were replaced. */
  kept: z.boolean(),
  /** Versions that were replaced, the newest first. */
  versions: z.array(keptVersionSchema),
});

/** Answer of `GET /api/manage/removed`. */
export const removedSchema = z.object({
  /** Whether dashboards that are removed are kept where new ones are made. */
  kept: z.boolean(),
  /** What was stored last of each, the latest first. */
  dashboards: z.array(keptVersionSchema),
});

export const importOutcomes = ['converted', 'approximated', 'left out'] as const;

/** Answer of `POST /api/import/grafana`. */
export const importAnswerSchema = z.object({
  dashboard: dashboardSchema,
  report: z.array(z.object({ outcome: z.enum(importOutcomes), part: z.string(), detail: z.string().optional() })),
});

export type TextProblem = z.infer<typeof textProblemSchema>;
export type CheckAnswer = z.infer<typeof checkAnswerSchema>;
export type KeptVersion = z.infer<typeof keptVersionSchema>;
export type RemovedDashboards = z.infer<typeof removedSchema>;
export type DashboardHistory = z.infer<typeof historySchema>;
export type ImportAnswer = z.infer<typeof importAnswerSchema>;
