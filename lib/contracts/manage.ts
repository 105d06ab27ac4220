/** What the management pages know of dashboards: `GET /api/manage/…`, and the settings of administrators that they change. */
import { audiences, dashboardSchema } from './dashboard';
import { z } from './zod';

const dashboardKey = z.string().regex(/^[^/]{1,253}\/[^/]{1,253}$/, 'expected a dashboard as "<project>/<name>"');
const priority = z.int().min(0).max(1_000_000);

/** What administrators set for one dashboard, wherever it comes from; what is left out is as its source says. */
export const dashboardSettingsSchema = z.object({
  /** Settings take away only: nothing enables what its source disables. */
  enabled: z.literal(false).optional(),
  /** For whom it is made; empty is everyone. A dashboard that its source keeps for administrators stays theirs. */
  audience: z.array(z.enum(audiences)).max(audiences.length).optional(),
  /** Its place in the list, the lowest first. */
  priority: priority.optional(),
});

export type DashboardSettings = z.infer<typeof dashboardSettingsSchema>;

/** Which dashboard, as `<project>/<name>`, people begin with until they choose another one. */
export const homesSchema = z.object({ everyone: dashboardKey.optional(), groups: z.record(z.string().min(1).max(253), dashboardKey) });

export type Homes = z.infer<typeof homesSchema>;

const problemSchema = z.object({
  source: z.string(),
  place: z.string(),
  project: z.string().optional(),
  name: z.string().optional(),
  ofSource: z.literal(true).optional(),
  /** Counted from 1. */
  line: z.int().optional(),
  path: z.string(),
  reason: z.string(),
});

export type ManagedProblem = z.infer<typeof problemSchema>;

/** Why a dashboard is not changed here: it belongs to the product, to Git, or to a source that is only read. */
const fixedBy = z.enum(['product', 'git', 'source']);

export const managedDashboardSchema = z.object({
  project: z.string(),
  name: z.string(),
  title: z.string(),
  source: z.string(),
  /** Where in the source: a file, a resource. */
  place: z.string(),
  state: z.enum(['enabled', 'disabled', 'shadowed']),
  /** What disables it. */
  disabledBy: z.enum(['configuration', 'settings', 'source']).optional(),
  /** What is served in its place. */
  shadowedBy: z.object({ source: z.string(), place: z.string() }).optional(),
  fixedBy: fixedBy.optional(),
  /** What applies it from Git. */
  appliedBy: z.string().optional(),
  category: z.string().optional(),
  tags: z.array(z.string()),
  /** As it holds now, settings included; empty is everyone. */
  audience: z.array(z.enum(audiences)),
  /** Whether its source keeps it for administrators, which no setting changes. */
  reserved: z.boolean(),
  priority: z.number().optional(),
  settings: dashboardSettingsSchema.extend({ changedAt: z.string(), changedBy: z.string() }).optional(),
  version: z.int(),
  changedAt: z.string().optional(),
  changedBy: z.string().optional(),
});

export type ManagedDashboard = z.infer<typeof managedDashboardSchema>;

/** Answer of `GET /api/manage/dashboards`. */
export const managementSchema = z.object({
  /** Whether the caller may change settings, which hold for every project. */
  administrator: z.boolean(),
  dashboards: z.array(managedDashboardSchema),
  problems: z.array(problemSchema),
  /** Whether dashboards can be made here. */
  creates: z.boolean(),
  /** For administrators: the settings that are kept, or that none are. */
  settings: z
    .discriminatedUnion('kept', [
      z.object({ kept: z.literal(false) }),
      z.object({
        kept: z.literal(true),
        /** To be sent back with a change. */
        version: z.int(),
        homes: homesSchema,
        /** Of the configuration, by group; they win. */
        fixedHomes: z.record(z.string(), z.string()),
        /** Groups that the configuration names. */
        groups: z.array(z.string()),
      }),
    ])
    .optional(),
});

export type Management = z.infer<typeof managementSchema>;

/** Answer of `GET /api/manage/projects`: where the caller may change dashboards. */
export const managedProjectsSchema = z.object({ administrator: z.boolean(), projects: z.array(z.string()), creates: z.boolean() });

export type ManagedProjects = z.infer<typeof managedProjectsSchema>;

/** Answer of `GET /api/manage/dashboards/:project/:name`: the dashboard as its source has it, without settings. */
export const managedResourceSchema = z.object({ managed: managedDashboardSchema, dashboard: dashboardSchema });

export type ManagedResource = z.infer<typeof managedResourceSchema>;

/** Body of `PUT /api/manage/settings`: what is to change, and nothing else; null takes a setting back. */
export const settingsChangeSchema = z.strictObject({
  /** As it was read. */
  version: z.int(),
  dashboards: z
    .record(
      dashboardKey,
      z.strictObject({ enabled: z.literal(false).nullable(), audience: dashboardSettingsSchema.shape.audience.unwrap().nullable(), priority: priority.nullable() }).partial(),
    )
    .optional(),
  homes: z.strictObject({ everyone: dashboardKey.nullable(), groups: z.record(z.string().min(1).max(253), dashboardKey.nullable()) }).partial().optional(),
});

export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** Answer of `PUT /api/manage/settings`. */
export const settingsChangedSchema = z.object({ version: z.int() });
