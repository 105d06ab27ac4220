/** A dashboard as a Perses server hands it out. */
import { parseDashboard } from '../parse';

/**
 * Reads a resource. A Perses server counts versions from 0, which in a change means "whatever is stored"; counted from 1
 * here, also a change to what nobody has changed yet is compared with what is stored.
 *
 * @param project that it belongs to
 */
export function parseResource(resource: unknown, project: string): ReturnType<typeof parseDashboard> {
  const parsed = parseDashboard(resource, project);
  if ('problems' in parsed) return parsed;
  const { metadata } = parsed.dashboard;
  return { ...parsed, dashboard: { ...parsed.dashboard, metadata: { ...metadata, version: metadata.version + 1 } } };
}
