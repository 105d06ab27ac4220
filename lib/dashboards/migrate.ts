/**
 * Resources of earlier schema versions as the present one has them. Each step knows two neighbouring versions; what is
 * read is a new object, and what is stored stays as it is until somebody changes it.
 */

type Resource = Readonly<Record<string, unknown>>;

export interface Migrated {
  readonly resource: unknown;
  /** Where in the resource as it was written something is that has this place in the migrated one. */
  readonly originOf: (path: readonly PropertyKey[]) => readonly PropertyKey[];
}

const isResource = (value: unknown): value is Resource => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The resource in the present version; one that is none, or of an unknown version, as it is. */
export function migrate(resource: unknown): Migrated {
  const unchanged = { resource, originOf: (path: readonly PropertyKey[]) => path };
  if (!isResource(resource) || resource['kind'] !== 'PersesDashboard') return unchanged;
  return isV1alpha1(resource) ? toV1alpha2(resource) : unchanged;
}

/**
 * By its shape, too: a cluster whose operator converts nothing answers what was stored as v1alpha1 under the name of the
 * version that it is asked for.
 */
function isV1alpha1({ apiVersion, spec }: Resource): boolean {
  return apiVersion === 'perses.dev/v1alpha1' || (apiVersion === 'perses.dev/v1alpha2' && isResource(spec) && !('config' in spec) && 'panels' in spec);
}

/** From the dashboard as `spec` to the dashboard in `spec.config`, beside which others now stand. */
function toV1alpha2(resource: Resource): Migrated {
  return {
    resource: { ...resource, apiVersion: 'perses.dev/v1alpha2', spec: { config: resource['spec'] } },
    originOf: (path) => (path[0] === 'spec' && path[1] === 'config' ? ['spec', ...path.slice(2)] : path),
  };
}
