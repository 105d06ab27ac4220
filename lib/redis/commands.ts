/** Commands of this app's own, as scripts: each is one step for everybody who looks at the same key. */
import { defineScript, type CommandParser, type RedisArgument } from '@redis/client';

/** One key and numbers. */
function parseCommand(parser: CommandParser, key: RedisArgument, ...numbers: number[]): void {
  parser.pushKey(key);
  parser.push(...numbers.map(String));
}

const numberOf = (reply: unknown): number => Number(reply);

/**
 * Takes a request out of a person's bucket, which is filled evenly within a minute; the same rule as in
 * lib/query/admission.ts. By Redis's clock, because those of replicas differ.
 *
 * KEYS[1]: of the bucket; ARGV[1]: how many there are a minute. Returns the milliseconds to wait, 0 when it was taken.
 */
const takeScript = `
local perMinute, minute = tonumber(ARGV[1]), 60000
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local bucket = redis.call('HMGET', KEYS[1], 'left', 'at')
local since = math.max(0, now - (tonumber(bucket[2]) or now))
local left = math.min(perMinute, (tonumber(bucket[1]) or perMinute) + since * perMinute / minute)
local wait = 0
if left < 1 then wait = math.ceil((1 - left) * minute / perMinute) else left = left - 1 end
redis.call('HSET', KEYS[1], 'left', tostring(left), 'at', tostring(now))
redis.call('PEXPIRE', KEYS[1], minute)
return wait
`;

export const commands = {
  take: defineScript({ SCRIPT: takeScript, NUMBER_OF_KEYS: 1, parseCommand, transformReply: numberOf }),
  /** Writes something that nobody reads. */
  alive: defineScript({ SCRIPT: "redis.call('SET', KEYS[1], '1', 'PX', 10000) return 1", NUMBER_OF_KEYS: 1, parseCommand, transformReply: numberOf }),
};
