/**
 * One resource to the Perses server's `Dashboard`, or the reasons why it is none: a `PersesDashboard` as Kubernetes keeps
 * it, or a `Dashboard` as Perses's own clients write it. Knows neither where resources come from nor who may see them.
 */
import { z } from 'zod';
import { isTooDeep, mostLevels } from '../config/depth';
import { reasonOf } from '../config/expectation';
import { annotationPrefix, dashboardSpecSchema, type Dashboard, type DashboardSpec } from '../contracts/dashboard';
import { kubernetesName } from '../contracts/notation';
import { migrate, type Migrated } from './migrate';

const name = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'expected lower-case letters, digits, "-" and "."');
const project = z.string().regex(kubernetesName, 'expected a Kubernetes name: lower-case letters, digits and "-"');
const annotations = z.record(z.string(), z.string('expected a text; quote numbers and booleans')).optional();

const metadataSchema = z.looseObject({ name, namespace: project.optional(), annotations });

/** As the Perses operator has it; what it served before is migrated to this. */
const resourceSchema = z.discriminatedUnion(
  'apiVersion',
  [z.looseObject({ apiVersion: z.literal('perses.dev/v1alpha2'), kind: z.literal('PersesDashboard'), metadata: metadataSchema, spec: z.looseObject({ config: dashboardSpecSchema }) })],
  'expected "perses.dev/v1alpha2" or "perses.dev/v1alpha1"',
);

/** https://perses.dev/perses/docs/api/dashboard/; `annotations` are ours, without their prefix, as our API answers them. */
const persesSchema = z.looseObject({
  kind: z.literal('Dashboard'),
  metadata: z.object({ name, project: project.optional(), version: z.int().min(0).default(0), createdAt: z.string().optional(), updatedAt: z.string().optional(), annotations }),
  spec: dashboardSpecSchema,
});

/** A reason why a resource is no dashboard, and where in it. */
export interface DashboardProblem {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

export type ParsedDashboard = { readonly dashboard: Dashboard } | { readonly problems: readonly [DashboardProblem, ...DashboardProblem[]] };

/** More are not told of one resource; whoever has corrected these is told the next. */
export const mostProblems = 100;

/**
 * Reads a resource.
 *
 * @param resource the resource as data
 * @param platformProject project of resources that name no namespace
 */
export function parseDashboard(resource: unknown, platformProject: string): ParsedDashboard {
  if (isTooDeep(resource)) return { problems: [{ path: [], reason: `nested more than ${mostLevels} levels deep` }] };
  const isPerses = typeof resource === 'object' && resource !== null && 'kind' in resource && resource.kind === 'Dashboard';
  try {
    return isPerses ? parsePerses(resource, platformProject) : parseCustomResource(resource, platformProject);
  } catch (error) {
    // The schema hands its complaints on as arguments, of which there can be so many only.
    if (!(error instanceof RangeError)) throw error;
    return { problems: [{ path: [], reason: 'it has more mistakes than can be told' }] };
  }
}

/** Whether the specification of a resource's dashboard is in `spec.config`, beside which others stand; in `spec` otherwise. */
export function isNewCustomResource(resource: unknown): boolean {
  return z.looseObject({ kind: z.literal('PersesDashboard'), apiVersion: z.literal('perses.dev/v1alpha2'), spec: z.looseObject({ config: z.unknown() }) }).safeParse(resource).success;
}

const namedSchema = z.object({ metadata: z.object({ name: name.optional().catch(undefined), namespace: project.optional().catch(undefined), project: project.optional().catch(undefined) }) });

/** What a resource that is no dashboard calls itself, and whose it says that it is, as far as it says so. */
export function namedIn(resource: unknown): { readonly name?: string; readonly project?: string } {
  const parsed = namedSchema.safeParse(resource);
  if (!parsed.success) return {};
  const { metadata } = parsed.data;
  const ofProject = metadata.namespace ?? metadata.project;
  return { ...(metadata.name === undefined ? {} : { name: metadata.name }), ...(ofProject === undefined ? {} : { project: ofProject }) };
}

const authoredSchema = z.object({ metadata: z.object({ updatedBy: z.string().min(1) }) });

/** Who changed a dashboard last, where the app keeps it: beside what Perses keeps, and not part of what it answers. */
export function authorOf(resource: unknown): string | undefined {
  return authoredSchema.safeParse(resource).data?.metadata.updatedBy;
}

function parsePerses(resource: unknown, platformProject: string): ParsedDashboard {
  const parsed = persesSchema.safeParse(resource);
  if (!parsed.success) {
    return refused(parsed.error, resource);
  }
  const { kind, metadata, spec } = parsed.data;
  const { project: ownProject = platformProject, createdAt, updatedAt, ...rest } = metadata;
  const times = { ...(createdAt === undefined ? {} : { createdAt }), ...(updatedAt === undefined ? {} : { updatedAt }) };
  return consistent({ kind, metadata: { ...rest, ...times, project: ownProject, annotations: metadata.annotations ?? {} }, spec }, ['spec']);
}

function parseCustomResource(written: unknown, platformProject: string): ParsedDashboard {
  const { resource, originOf } = migrate(written);
  const parsed = resourceSchema.safeParse(resource);
  if (!parsed.success) {
    return located(refused(parsed.error, resource), originOf);
  }
  const { metadata, spec } = parsed.data;
  const dashboard: Dashboard = {
    kind: 'Dashboard',
    metadata: { name: metadata.name, project: metadata.namespace ?? platformProject, version: 0, annotations: ownAnnotations(metadata.annotations ?? {}) },
    spec: spec.config,
  };
  return located(consistent(dashboard, ['spec', 'config']), originOf);
}

/** With the places of problems in the resource as it was written. */
function located(parsed: ParsedDashboard, originOf: Migrated['originOf']): ParsedDashboard {
  if ('dashboard' in parsed) return parsed;
  const [first, ...rest] = parsed.problems;
  const inOriginal = (problem: DashboardProblem): DashboardProblem => ({ ...problem, path: originOf(problem.path) });
  return { problems: [inOriginal(first), ...rest.map(inOriginal)] };
}

function refused({ issues }: z.ZodError, resource: unknown): ParsedDashboard {
  const [first, ...rest] = issues.slice(0, mostProblems).map((issue) => ({ path: issue.path, reason: reasonOf(issue, resource) }));
  return { problems: [first ?? { path: [], reason: 'not a dashboard' }, ...rest] };
}

/** @param place of the dashboard's specification in its resource */
function consistent(dashboard: Dashboard, place: readonly string[]): ParsedDashboard {
  const [first, ...rest] = inconsistencies(dashboard.spec).slice(0, mostProblems);
  if (first === undefined) {
    return { dashboard };
  }
  const inResource = (problem: DashboardProblem): DashboardProblem => ({ ...problem, path: [...place, ...problem.path] });
  return { problems: [inResource(first), ...rest.map(inResource)] };
}

/** What each part may be by itself, but not together. */
function inconsistencies(spec: DashboardSpec): DashboardProblem[] {
  const problems: DashboardProblem[] = [];
  if ('datasources' in spec && Object.keys(spec.datasources ?? {}).length > 0) {
    problems.push({ path: ['datasources'], reason: 'a dashboard cannot define datasources; it names those of the configuration' });
  }
  const names = new Set<string>();
  for (const [index, { spec: variable }] of (spec.variables ?? []).entries()) {
    if (names.has(variable.name)) {
      problems.push({ path: ['variables', index, 'spec', 'name'], reason: `two variables are called "${variable.name}"` });
    }
    names.add(variable.name);
  }
  for (const [layoutIndex, { spec: layout }] of spec.layouts.entries()) {
    for (const [itemIndex, { content }] of layout.items.entries()) {
      if (!Object.hasOwn(spec.panels, content.$ref.replace(/^#\/spec\/panels\//, ''))) {
        problems.push({ path: ['layouts', layoutIndex, 'spec', 'items', itemIndex, 'content', '$ref'], reason: `"${content.$ref}" is no panel of this dashboard` });
      }
    }
  }
  return problems;
}

function ownAnnotations(annotations: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations)
      .filter(([name]) => name.startsWith(annotationPrefix))
      .map(([name, value]) => [name.slice(annotationPrefix.length), value]),
  );
}
