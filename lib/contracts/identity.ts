/** Who the caller is, as the page may know it. */
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
});

export type Me = z.infer<typeof meSchema>;
