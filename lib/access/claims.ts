/**
 * Access provider `claims`: what a caller may see is written in the token they signed in with, and in a table of groups
 * in the configuration. Asks nobody. What it does not understand grants nothing.
 */
import type { Config } from '../config/schema';
import { kubernetesName } from '../contracts/notation';
import { scopeOf, type MayEdit, type ResolveScope } from './scope';

/**
 * Members of an administrators' group see everything; everyone else the namespaces of their claim and of their groups.
 * A claim is a list of strings or one string; other shapes, and names that Kubernetes would not allow, are left out.
 */
export function createClaimsAccess(settings: Config['access']['claims']): ResolveScope {
  const administrators = new Set(settings.administrators);
  const groupNamespaces = new Map(Object.entries(settings.groupNamespaces));

  return ({ claims }) => {
    const groups = groupsOf(claims, settings);
    if (groups.some((group) => administrators.has(group))) {
      return Promise.resolve({ kind: 'all' });
    }
    const granted = [...texts(claims, settings.namespaces), ...groups.flatMap((group) => groupNamespaces.get(group) ?? [])];
    return Promise.resolve(scopeOf(granted.filter((name) => kubernetesName.test(name))));
  };
}

/** Administrators change everything; everyone else what belongs to the projects that their groups administer. */
export function createClaimsEdit(settings: Config['access']['claims']): MayEdit {
  const administrators = new Set(settings.administrators);
  const projectAdministrators = new Map(Object.entries(settings.projectAdministrators));

  return ({ claims }, project) => {
    const groups = groupsOf(claims, settings);
    return Promise.resolve(groups.some((group) => administrators.has(group) || projectAdministrators.get(group)?.includes(project) === true));
  };
}

/** Groups of a caller, as their token or Kubernetes names them. */
export function groupsOf(claims: Readonly<Record<string, unknown>>, { groups }: Pick<Config['access']['claims'], 'groups'>): string[] {
  return texts(claims, groups);
}

function texts(claims: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return [value].flat().filter((item): item is string => typeof item === 'string');
}
