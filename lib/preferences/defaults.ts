/**
 * What holds for a person until they choose something else: what they work as, and where they begin. Told by groups; for
 * the order and the start of pages only, it lets nobody see more.
 */
import { groupsOf } from '../access/claims';
import type { Scope } from '../access/scope';
import type { Config } from '../config/schema';
import type { Audience } from '../contracts/dashboard';
import type { Identity } from '../identity/identity';

export interface PersonDefaults {
  readonly role?: Audience;
  /** As `<project>/<name>`. */
  readonly home?: string;
  /** Address of a dashboard with sample data. */
  readonly sample?: string;
}

export type DefaultsOf = (identity: Pick<Identity, 'claims'>, scope: Scope) => PersonDefaults;

/** Of several roles the one whose questions are the widest. */
const rolesInOrder = ['admin', 'mlops', 'data-scientist'] as const;

export function createDefaults({ preferences: { roles, homes, sample }, access }: Pick<Config, 'preferences' | 'access'>): DefaultsOf {
  return ({ claims }, scope) => {
    const groups = new Set(groupsOf(claims, access.claims));
    const role = scope.kind === 'all' ? 'admin' : rolesInOrder.find((candidate) => roles[candidate].some((group) => groups.has(group)));
    const home = Object.entries(homes).find(([group]) => groups.has(group))?.[1];
    return { ...(role === undefined ? {} : { role }), ...(home === undefined ? {} : { home }), ...(sample === undefined ? {} : { sample }) };
  };
}
