/**
 * Dashboards as the API serves them: the Perses server's `Dashboard` resource
 * (https://perses.dev/perses/docs/api/dashboard/), checked only as far as this app relies on it. What Perses adds
 * stays in the object untouched.
 */
import { z } from './zod';

export const categories = ['training', 'serving', 'pipelines', 'notebooks', 'platform', 'quality', 'cost'] as const;
export const audiences = ['data-scientist', 'mlops', 'admin'] as const;

export type Category = (typeof categories)[number];
export type Audience = (typeof audiences)[number];

/** Prefix of the annotations that describe a dashboard to this app. */
export const annotationPrefix = 'observability.opendatahub.io/';

const display = z.looseObject({ name: z.string(), description: z.string().optional() });

const panel = z.looseObject({
  kind: z.literal('Panel'),
  spec: z.looseObject({
    display: display.optional(),
    plugin: z.looseObject({ kind: z.string().min(1), spec: z.unknown() }),
    queries: z.array(z.looseObject({ kind: z.string(), spec: z.unknown() })).optional(),
  }),
});

const variable = z.looseObject({
  kind: z.enum(['ListVariable', 'TextVariable']),
  spec: z.looseObject({ name: z.string().min(1), display: z.looseObject({ name: z.string().optional() }).optional() }),
});

const layout = z.looseObject({
  kind: z.literal('Grid'),
  spec: z.looseObject({
    items: z.array(
      z.looseObject({
        x: z.int(),
        y: z.int(),
        width: z.int(),
        height: z.int(),
        content: z.looseObject({ $ref: z.string() }),
      }),
    ),
  }),
});

export const dashboardSpecSchema = z.looseObject({
  display: display.optional(),
  duration: z.string(),
  refreshInterval: z.string().optional(),
  variables: z.array(variable).optional(),
  panels: z.record(z.string(), panel),
  layouts: z.array(layout),
});

export const dashboardSchema = z.looseObject({
  kind: z.literal('Dashboard'),
  metadata: z.looseObject({
    name: z.string().min(1),
    project: z.string().min(1),
    version: z.int(),
    createdAt: z.string().optional(),
    updatedAt: z.string().optional(),
    /** Perses keeps no annotations; these are the custom resource's, under `observability.opendatahub.io/`, without the prefix. */
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: dashboardSpecSchema,
});

export type Dashboard = z.infer<typeof dashboardSchema>;
export type DashboardSpec = z.infer<typeof dashboardSpecSchema>;

/** What people call a dashboard. */
export const titleOf = ({ metadata, spec }: Pick<Dashboard, 'metadata' | 'spec'>): string => spec.display?.name ?? metadata.name;
