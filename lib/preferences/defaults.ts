/**
 * What holds for a person until they choose something else: what they work as, and where they begin. Told by groups; for
 * the order and the start of pages only, it lets nobody see more.
 */
import { groupsOf } from '../access/claims';
import { scopeIncludes, type Scope } from '../access/scope';
import type { Config } from '../config/schema';
import type { Audience } from '../contracts/dashboard';
import type { Homes } from '../contracts/manage';
import type { Identity } from '../identity/identity';

export interface PersonDefaults {
  readonly role?: Audience;
  /** As `<project>/<name>`. */
  readonly home?: string;
  /** Address of a dashboard with sample data. */
  readonly sample?: string;
}

export type DefaultsOf = (identity: Pick<Identity, 'claims'>, scope: Scope) => Promise<PersonDefaults>;

/** Of several roles the one whose questions are the widest. */
const rolesInOrder = ['admin', 'mlops', 'data-scientist'] as const;

/** @param chosenHomes homes that administrators chose in the app; those of the configuration stand before them */
export function createDefaults({ preferences: { roles, homes, sample }, access, platformProject }: Pick<Config, 'preferences' | 'access' | 'platformProject'>, chosenHomes: () => Promise<Homes>): DefaultsOf {
  return async ({ claims }, scope) => {
    const groups = new Set(groupsOf(claims, access.claims));
    const role = scope.kind === 'all' ? 'admin' : rolesInOrder.find((candidate) => roles[candidate].some((group) => groups.has(group)));
    const ofGroup = (table: Readonly<Record<string, string>>): string | undefined => Object.entries(table).find(([group]) => groups.has(group))?.[1];
    const chosen = await chosenHomes();
    const chosenFor = ofGroup(homes) ?? ofGroup(chosen.groups) ?? chosen.everyone;
    // Not even the name of a project that is not theirs.
    const [project = ''] = chosenFor?.split('/') ?? [];
    const home = project === platformProject || scopeIncludes(scope, project) ? chosenFor : undefined;
    return { ...(role === undefined ? {} : { role }), ...(home === undefined ? {} : { home }), ...(sample === undefined ? {} : { sample }) };
  };
}
