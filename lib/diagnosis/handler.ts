/**
 * `GET /api/status`: whether what is behind the app works. Administrators get every finding; others what it means for them,
 * without addresses and reasons.
 */
import type { ResolveScope } from '../access/scope';
import type { DatasourceConfig } from '../config/schema';
import type { Finding, PlatformStatus } from '../contracts/status';
import { jsonResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';
import { createSharedCalls } from '../identity/shared-calls';
import { callerKey } from '../identity/token-hash';
import { asksAsCaller } from '../tokens/credential';
import type { Diagnose } from './diagnose';

export interface StatusHandlerDependencies {
  readonly diagnose: Diagnose;
  readonly resolveScope: ResolveScope;
  readonly datasources: readonly DatasourceConfig[];
  /** Now, in milliseconds since the epoch. */
  readonly date: () => number;
}

interface Looked {
  readonly checked: number;
  readonly findings: readonly Finding[];
}

/** Pages ask often, and the checks read much; whoever asks within this time gets the same answer. In milliseconds. */
const keepFor = 30_000;

/** Throws what `resolveScope` throws: who cannot be told apart from others is told nothing. */
export function createStatusHandler({ diagnose, resolveScope, datasources, date }: StatusHandlerDependencies): IdentityHandler {
  const shared = createSharedCalls<Looked>({ now: date, keepResult: keepFor, keepFailure: () => 0 });
  const needsCaller = datasources.some(asksAsCaller);

  return async (_request, _context, identity) => {
    const isAdministrator = (await resolveScope(identity)).kind === 'all';
    // Only who sees everything lends an identity: of another's view, what is missing says nothing.
    const asker = isAdministrator && needsCaller ? identity : undefined;
    const key = asker === undefined ? '' : callerKey(asker);
    const { checked, findings } = await shared(key, async () => ({ findings: await diagnose(asker), checked: date() }));
    return jsonResponse({ ...meaningOf(findings), checked, ...(isAdministrator ? { findings: [...findings] } : {}) } satisfies PlatformStatus);
  };
}

function meaningOf(findings: readonly Finding[]): Pick<PlatformStatus, 'state' | 'sentence'> {
  const affected = (state: Finding['state']): string[] => [...new Set(findings.flatMap((finding) => (finding.state === state ? (finding.affects ?? []) : [])))];
  const [impaired, empty] = [affected('problem'), affected('missing')];
  if (impaired.length > 0) return { state: 'impaired', sentence: `Part of the platform does not work as it should. It affects: ${impaired.join('; ')}.` };
  if (empty.length > 0) return { state: 'partial', sentence: `All that is installed works. Some metrics are not collected here, so that these stay empty: ${empty.join('; ')}.` };
  if (findings.some(({ state }) => state === 'unknown')) return { state: 'working', sentence: 'Everything behind this app answers. Which metrics are collected can be seen by administrators only.' };
  return { state: 'working', sentence: 'Metrics are collected, new, and can be queried.' };
}
