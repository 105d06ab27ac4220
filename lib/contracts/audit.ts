/** What the page tells about a dashboard that is being looked at. */
import { z } from './zod';

/** More projects than anyone picks one by one. */
const mostNamespaces = 1_000;

/** Body of `POST /api/audit/views`. */
export const viewReportSchema = z.discriminatedUnion('phase', [
  z.object({
    phase: z.literal('opened'),
    project: z.string().min(1).max(253),
    dashboard: z.string().min(1).max(253),
    /** Projects that were picked in the dashboard; absent for all of the person's. */
    namespaces: z.array(z.string().max(63)).max(mostNamespaces).optional(),
  }),
  z.object({ phase: z.literal('left'), view: z.string().min(1) }),
]);

export type ViewReport = z.infer<typeof viewReportSchema>;

/** Answer to a view that was opened. */
export const openedViewSchema = z.object({
  /** To be sent back when the dashboard is left. */
  view: z.string(),
});
