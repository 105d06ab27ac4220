/** What stands for a token where it must not lie around itself, as in the key of a cache. */
import { createHash } from 'node:crypto';
import type { Identity } from './identity';

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}

/** Names a caller with the token that they come with: what was found for another token of theirs may be something else. */
export function callerKey({ subject, token }: Pick<Identity, 'subject' | 'token'>): string {
  return `${subject} ${tokenHash(token)}`;
}
