/** The resources of the Perses server's API beside dashboards (https://perses.dev/perses/docs/api/), as this app answers them. */
import { z } from './zod';

const metadata = z.object({ name: z.string(), version: z.int() });

export const projectSchema = z.object({ kind: z.literal('Project'), metadata, spec: z.object({}) });

export const globalDatasourceSchema = z.object({
  kind: z.literal('GlobalDatasource'),
  metadata,
  spec: z.object({
    default: z.boolean(),
    plugin: z.object({ kind: z.string(), spec: z.object({ proxy: z.object({ kind: z.literal('HTTPProxy'), spec: z.object({ url: z.string() }) }) }) }),
  }),
});

/** As much of `GET /api/config` as a client needs before it signs in. */
export const persesConfigSchema = z.object({
  security: z.object({ readonly: z.boolean(), enable_auth: z.literal(true), authentication: z.object({ providers: z.object({ enable_native: z.literal(false) }) }) }),
});
