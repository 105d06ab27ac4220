/**
 * What the API answers, as this side relies on it. Everything that arrives is parsed by one of these; nothing else in
 * the browser looks at raw JSON.
 */
import { apiErrorSchema } from '../../lib/contracts/errors';
import { absenceSchema } from '../../lib/contracts/absence';
import { openedViewSchema } from '../../lib/contracts/audit';
import { dashboardSchema } from '../../lib/contracts/dashboard';
import { meSchema } from '../../lib/contracts/identity';
import { platformStatusSchema } from '../../lib/contracts/status';
import { preferencesAnswerSchema } from '../../lib/contracts/preferences';
import { summarySchema } from '../../lib/contracts/summary';
import { z } from '../../lib/contracts/zod';

/** The Perses server's `GlobalDatasource` (https://perses.dev/perses/docs/api/datasource/). */
const globalDatasourceSchema = z.looseObject({
  kind: z.literal('GlobalDatasource'),
  metadata: z.looseObject({ name: z.string().min(1) }),
  spec: z.looseObject({
    default: z.boolean(),
    plugin: z.looseObject({ kind: z.string().min(1), spec: z.unknown() }),
  }),
});

export type GlobalDatasource = z.infer<typeof globalDatasourceSchema>;

export const globalDatasourcesSchema = z.array(globalDatasourceSchema);
export const dashboardsSchema = z.array(dashboardSchema);

export { absenceSchema, apiErrorSchema, dashboardSchema, meSchema, openedViewSchema, platformStatusSchema, preferencesAnswerSchema, summarySchema };
