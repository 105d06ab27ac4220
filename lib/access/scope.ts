/** What a caller may see: every project, some, or none. The only input of query enforcement besides the query. */
import type { Identity } from '../identity/identity';

export type NamespaceScope = { readonly kind: 'namespaces'; readonly namespaces: readonly [string, ...string[]] };
export type Scope = { readonly kind: 'all' } | NamespaceScope | { readonly kind: 'none' };

/**
 * Works out what an identity may see.
 *
 * @throws AppError when the access backend cannot answer; never a guess
 */
export type ResolveScope = (identity: Identity) => Promise<Scope>;

/**
 * Whether an identity may change what belongs to a project, its dashboards for one.
 *
 * @throws AppError when the access backend cannot answer
 */
export type MayEdit = (identity: Identity, project: string) => Promise<boolean>;

/** Scope of a set of namespaces: sorted and without duplicates, so that equal sets give equal queries. */
export function scopeOf(namespaces: Iterable<string>): Scope {
  const [first, ...rest] = [...new Set(namespaces)].sort();
  return first === undefined ? { kind: 'none' } : { kind: 'namespaces', namespaces: [first, ...rest] };
}

/** What is in a scope and among some namespaces: never more than the scope. */
export function narrowed(scope: Scope, namespaces: readonly string[]): Scope {
  return scopeOf(namespaces.filter((namespace) => scopeIncludes(scope, namespace)));
}

/** Whether a caller with this scope may see what belongs to a namespace. */
export function scopeIncludes(scope: Scope, namespace: string): boolean {
  return scope.kind === 'all' || (scope.kind === 'namespaces' && scope.namespaces.includes(namespace));
}
