/** Who the caller is, as the page may know it. */
import { audiences } from './dashboard';
import { z } from './zod';

/** Answer of `GET /api/me`. */
export const meSchema = z.object({
  subject: z.string(),
  name: z.string(),
  /** Whether the caller sees every project. */
  administrator: z.boolean(),
  /** Projects of the caller, sorted. For an administrator: those that metrics exist for. */
  projects: z.array(z.string()),
  /** Project of the built-in dashboards. */
  platformProject: z.string().min(1),
  /** What the caller works as, told by access and groups. */
  role: z.enum(audiences).optional(),
  /** Dashboard, as `<project>/<name>`, that administrators chose for the caller's group to begin with. */
  home: z.string().optional(),
  /** Address of a dashboard with sample data, where there is some. */
  sample: z.string().startsWith('/observability/').optional(),
});

export type Me = z.infer<typeof meSchema>;
