/**
 * The connection to Redis, or Valkey, which speaks the same: where replicas keep what they share. Whether it works is looked
 * at every second; while it does not, nobody waits for it. Knows nothing of what is kept there.
 */
import { createClient } from '@redis/client';
import type { Config } from '../config/schema';
import type { Logger } from '../telemetry/logger';
import type { Metrics } from '../telemetry/metrics';
import { commands } from './commands';

export interface RedisDependencies {
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'redisUp'>;
  /** Reads a text file that the configuration names. */
  readonly readFile: (path: string) => string;
}

export type RedisClient = ReturnType<typeof clientOf>;

export interface Redis {
  /**
   * The answer to a question, or undefined where there is none in time: then this replica goes by what it knows itself.
   * Never throws, and never waits longer than a quarter of a second, or two seconds right after the start.
   */
  readonly ask: <Answer>(question: (client: RedisClient) => Promise<Answer>) => Promise<Answer | undefined>;
  /** Calls whenever Redis answers again, the first time included. */
  readonly whenBack: (listener: () => void) => void;
  /** Resolves while it works; rejects with the reason. */
  readonly check: () => Promise<undefined>;
  readonly close: () => void;
}

/** For one question, in milliseconds: an answer within the cluster takes one. */
const patience = 250;
/** For the first answer, right after the start. */
const firstPatience = 2_000;
const interval = 1_000;
/** A connection on which nothing came for so long, though it is asked every second, is given up. */
const silence = 3_000;

export function createRedis(settings: NonNullable<Config['redis']>, password: string | undefined, { log, metrics, readFile }: RedisDependencies): Redis {
  const client = clientOf(settings, password, settings.caFile === undefined ? undefined : readFile(settings.caFile));
  const up = metrics.redisUp.labels({ server: new URL(settings.url).host });
  up.set(0);
  const listeners = new Set<() => void>();
  let reason: unknown = new Error('it has not answered yet');
  let works = false;
  let closed = false;

  const fails = (error: unknown): void => {
    reason = error;
    if (works) log.warn({ err: error }, 'Redis does not answer; each replica goes by itself');
    works = false;
    up.set(0);
  };

  async function look(): Promise<void> {
    try {
      // Writes, by a script, as the questions do: a server that is full, or lets this user only read, does not work.
      await inTime(client.alive('alive'), patience);
      if (works || closed) return;
      works = true;
      up.set(1);
      log.info('Redis answers; replicas share again');
      for (const listener of listeners) listener();
    } catch (error) {
      // While there is no connection, the reason is why.
      if (client.isReady || works) fails(error);
    }
  }

  // Without a listener it would be thrown.
  client.on('error', fails);
  client.on('ready', () => void look());
  // Resolves when it is connected, however often that fails before; closing it meanwhile is no failure.
  client.connect().catch(() => undefined);
  const timer = setInterval(() => void look(), interval).unref();
  const started = inTime(new Promise<void>((resolve) => void listeners.add(resolve)), firstPatience).catch(() => undefined);

  return {
    ask: async (question) => {
      await started;
      if (!works) return undefined;
      try {
        return await inTime(question(client), patience);
      } catch (error) {
        fails(error);
        return undefined;
      }
    },
    whenBack: (listener) => {
      listeners.add(listener);
      if (works) listener();
    },
    check: async () => {
      await started;
      if (!works) throw reason;
    },
    close: () => {
      closed = true;
      clearInterval(timer);
      client.destroy();
    },
  };
}

function clientOf({ url, username, prefix }: NonNullable<Config['redis']>, password: string | undefined, ca: string | undefined) {
  return createClient({
    url,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    name: 'odh-observability',
    keyPrefix: prefix,
    scripts: commands,
    // Nobody waits for a connection.
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: firstPatience,
      socketTimeout: silence,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, interval),
      ...(ca === undefined ? {} : { tls: true as const, ca }),
    },
  });
}

async function inTime<Result>(work: Promise<Result>, milliseconds: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
