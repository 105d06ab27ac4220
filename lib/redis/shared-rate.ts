/** How often a person has asked at all replicas together. */
import { createHash } from 'node:crypto';
import type { Redis } from './connection';

/**
 * Counts one more request of a person.
 *
 * @returns milliseconds until it would be within the limit, 0 when it is; undefined when it cannot be counted
 */
export type SharedRate = (subject: string, perMinute: number) => Promise<number | undefined>;

export function createSharedRate({ ask }: Pick<Redis, 'ask'>): SharedRate {
  return (subject, perMinute) => ask((client) => client.take(`rate:${nameless(subject)}`, perMinute));
}

/** Nobody who looks into Redis needs to read who asks. */
function nameless(subject: string): string {
  return createHash('sha256').update(subject).digest('base64url');
}
