/** Whether what replicas share is shared: does Redis answer, let the app in, and take what it writes. */
import type { Config } from '../config/schema';
import type { Finding } from '../contracts/status';
import type { Redis } from '../redis/connection';
import { explainConnection } from './connection';
import { reasonOf } from './reason';

export async function checkRedis({ check }: Pick<Redis, 'check'>, { url }: NonNullable<Config['redis']>): Promise<Finding> {
  const subject = 'Redis';
  const affects = 'what replicas share: each counts queries and remembers sign-outs by itself';
  try {
    await check();
    return { subject, state: 'ok', found: `It answers at ${url}, and can be written to.` };
  } catch (error) {
    return { subject, state: 'problem', affects, ...explain(reasonOf(error), url) };
  }
}

function explain(reason: string, url: string): Pick<Finding, 'found' | 'next'> {
  if (/WRONGPASS|NOAUTH|NOPERM|No permissions/i.test(reason)) {
    return { found: `It does not let the app in: ${reason}`, next: 'Check `redis.username`, the password in OBSERVABILITY_REDIS_PASSWORD, `redis.prefix`, and what the user may do (docs/operations.md has the rights).' };
  }
  if (/READONLY|OOM|MISCONF|LOADING|MASTERDOWN/.test(reason)) {
    return { found: `It answers at ${url}, and cannot be written to: ${reason}`, next: 'Let `redis.url` name the server that is written to, and look at its memory and its log.' };
  }
  return explainConnection(reason, { url, setting: '`redis.url`', authority: '`redis.caFile`' });
}
