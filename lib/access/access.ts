/** The configured access provider, with its answers kept as long as they may be. Decides nothing itself. */
import type { Config } from '../config/schema';
import { createLookupCache } from '../identity/lookup-cache';
import { callerKey } from '../identity/token-hash';
import type { Kubernetes } from '../kubernetes/client';
import { createClaimsAccess, createClaimsEdit } from './claims';
import { createKubernetesAccess } from './kubernetes';
import { lookupSignal } from './lookup-signal';
import { createOpenShiftAccess } from './openshift';
import { narrowed, type MayEdit, type ResolveScope, type Scope } from './scope';

export interface AccessDeps {
  readonly kubernetes: Kubernetes | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Callers with different tokens whose decisions are kept; a decision has about 10 KiB with 200 projects. */
const maxDecisions = 10_000;

export function createAccess(settings: Config['access'], deps: AccessDeps): ResolveScope {
  return withinLimits(createUnlimitedAccess(settings, deps));
}

/** The decision about the caller, with what the request was limited to taken out of it: the limit itself decides nothing. */
export function withinLimits(resolve: ResolveScope): ResolveScope {
  return async (identity) => {
    const scope = await resolve(identity);
    return identity.limitedTo === undefined ? scope : narrowed(scope, identity.limitedTo);
  };
}

function createUnlimitedAccess(settings: Config['access'], { kubernetes, now }: AccessDeps): ResolveScope {
  if (settings.provider === 'claims') {
    // In the token already: there is nobody to ask, and so nothing to keep.
    return createClaimsAccess(settings.claims);
  }
  if (kubernetes === undefined) {
    throw new Error(`access provider ${settings.provider} without Kubernetes, which the configuration's schema refuses`);
  }
  const resolve = settings.provider === 'kubernetes' ? createKubernetesAccess(settings.kubernetes, kubernetes) : createOpenShiftAccess(settings.openshift, kubernetes);
  return keepDecisions(resolve, { now, keepFor: settings.cache });
}

/** Who may change a project's dashboards: on a cluster, those whom Kubernetes lets change `PersesDashboard` resources there. */
export function createEdit(settings: Config['access'], kubernetes: Pick<Kubernetes, 'isAllowed'> | undefined): MayEdit {
  if (settings.provider === 'claims' || kubernetes === undefined) {
    return createClaimsEdit(settings.claims);
  }
  // Asked each time: changes are rare, and a right that was taken away must not be used once more.
  return ({ token }, namespace) => kubernetes.isAllowed(token, { verb: 'update', group: 'perses.dev', resource: 'persesdashboards', subresource: '', namespace }, lookupSignal());
}

/**
 * Answers again what was decided shortly before for the same caller with the same token, never beyond the token's
 * expiry. A failure is not kept, and nothing that was granted before stands in for it.
 */
function keepDecisions(resolve: ResolveScope, { now, keepFor }: { readonly now: () => number; readonly keepFor: number }): ResolveScope {
  const decisions = createLookupCache<Scope>({ now, keepFor, maxEntries: maxDecisions });
  return (identity) => decisions.get(callerKey(identity), () => resolve(identity), identity.expiresAt);
}
