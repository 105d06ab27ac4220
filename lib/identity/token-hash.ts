/** What stands for a token where it must not lie around itself, as in the key of a cache. */
import { createHash } from 'node:crypto';

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
