/** Which projects' dashboards a caller may change, for lists and links. Every change asks anew. */
import type { MayEdit, ResolveScope, Scope } from '../../access/scope';
import { createLookupCache } from '../../identity/lookup-cache';
import type { Identity } from '../../identity/identity';
import { callerKey } from '../../identity/token-hash';

export interface Managed {
  readonly scope: Scope;
  /** Whether it is every project: the caller sees everything, and may change the platform's dashboards. */
  readonly administrator: boolean;
  /** Sorted; of an administrator those that are known by name. */
  readonly projects: readonly string[];
}

export interface ManagersDependencies {
  readonly resolveScope: ResolveScope;
  readonly mayEdit: MayEdit;
  /** Namespaces that metrics exist for. */
  readonly listNamespaces: (identity: Identity) => Promise<readonly string[]>;
  readonly platformProject: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A page asks several times; nobody waits long for a right that was given. */
const keepFor = 10_000;
const maxCallers = 1_000;
/** Questions of one caller that the access backend has at once. */
const atOnce = 8;

export function createManagers({ resolveScope, mayEdit, listNamespaces, platformProject, now }: ManagersDependencies): (identity: Identity) => Promise<Managed> {
  const answers = createLookupCache<Managed>({ now, keepFor, maxEntries: maxCallers });

  async function lookUp(identity: Identity): Promise<Managed> {
    const scope = await resolveScope(identity);
    const ofPlatform = await mayEdit(identity, platformProject);
    const seen = scope.kind === 'namespaces' ? scope.namespaces : scope.kind === 'all' ? await listNamespaces(identity) : [];
    if (scope.kind === 'all' && ofPlatform) {
      return { scope, administrator: true, projects: [...new Set([...seen, platformProject])].sort() };
    }
    const others = seen.filter((project) => project !== platformProject);
    const projects = ofPlatform ? [platformProject] : [];
    for (let first = 0; first < others.length; first += atOnce) {
      const asked = others.slice(first, first + atOnce);
      const answered = await Promise.all(asked.map((project) => mayEdit(identity, project)));
      projects.push(...asked.filter((_, index) => answered[index] === true));
    }
    return { scope, administrator: false, projects: projects.sort() };
  }

  return (identity) => answers.get(callerKey(identity), () => lookUp(identity), identity.expiresAt);
}
