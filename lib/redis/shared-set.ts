/** A set that all replicas see, whose members leave it by themselves. Knows nothing of what they stand for. */
import type { Redis } from './connection';

/** Members, and until when they are: milliseconds since the epoch. */
export type Members = ReadonlyMap<string, number>;

/** Everything resolves with undefined when Redis cannot be asked. */
export interface SharedSet {
  readonly add: (members: Members) => Promise<true | undefined>;
  readonly has: (member: string) => Promise<boolean | undefined>;
  readonly members: () => Promise<Members | undefined>;
  /** Calls whenever it can be asked again, the first time included. */
  readonly whenBack: (listener: () => void) => void;
}

export interface SharedSetOptions {
  /** Of the key. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** How many are added in one command. */
const batch = 1_000;

export function createSharedSet({ ask, whenBack }: Pick<Redis, 'ask' | 'whenBack'>, { name, now }: SharedSetOptions): SharedSet {
  return {
    whenBack,
    add: (members) =>
      ask(async (client) => {
        const scored = [...members].map(([value, score]) => ({ value, score }));
        for (let from = 0; from < scored.length; from += batch) await client.zAdd(name, scored.slice(from, from + batch));
        await client.zRemRangeByScore(name, '-inf', now());
        return true as const;
      }),
    has: (member) => ask(async (client) => ((await client.zScore(name, member)) ?? 0) > now()),
    members: () =>
      ask(async (client) => {
        const found = await client.zRangeByScoreWithScores(name, now(), '+inf');
        return new Map(found.map(({ value, score }) => [value, score]));
      }),
  };
}
