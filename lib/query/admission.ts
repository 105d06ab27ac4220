/**
 * How much one caller may ask at once and per minute. Keeps what it needs to know about a caller no longer than the
 * caller is active. Knows callers as opaque keys.
 */
import type { Limits } from '../config/schema';
import { AppError } from '../errors/app-error';
import type { SharedRate } from '../redis/shared-rate';
import { createGate, type Gate } from './gate';

export interface Admission {
  /**
   * Waits for a place, first come, first served.
   *
   * @returns gives the place back; to be called once
   * @throws AppError `ERR_QUERY_004` when the caller has asked too often or too many of its requests are waiting, with
   *   `Retry-After`; the reason of `signal` when it is aborted, before or while waiting
   */
  readonly admit: (key: string, signal: AbortSignal) => Promise<() => void>;
  /** Callers that are remembered at the moment. */
  readonly size: () => number;
}

interface Caller {
  readonly gate: Gate;
  /** Requests left in the token bucket, and when it was last filled. */
  tokens: number;
  filledAt: number;
}

/** The time in which an empty bucket fills: after as long without a request, a caller is like a new one. */
const minute = 60_000;

/**
 * @param now monotonic clock in milliseconds
 * @param shared counts at all replicas together; while it cannot, and without it, each counts by itself
 */
export function createAdmission({ concurrency, queue, perMinute }: Pick<Limits, 'concurrency' | 'queue' | 'perMinute'>, now: () => number, shared?: SharedRate): Admission {
  const callers = new Map<string, Caller>();
  let sweptAt = now();

  const forgetIdle = (time: number): void => {
    if (time - sweptAt < minute) return;
    sweptAt = time;
    for (const [key, caller] of callers) {
      if (caller.gate.running() === 0 && time - caller.filledAt >= minute) callers.delete(key);
    }
  };

  const tooOften = (wait: number): AppError => tooMany(Math.ceil(wait / 1000), `${perMinute} queries per minute are allowed.`);

  const takeToken = (caller: Caller, time: number): void => {
    caller.tokens = Math.min(perMinute, caller.tokens + ((time - caller.filledAt) * perMinute) / minute);
    caller.filledAt = time;
    if (caller.tokens < 1) throw tooOften(((1 - caller.tokens) * minute) / perMinute);
    caller.tokens -= 1;
  };

  return {
    size: () => callers.size,

    async admit(key, signal) {
      const time = now();
      forgetIdle(time);
      let caller = callers.get(key);
      if (caller === undefined) {
        caller = { gate: createGate(concurrency), tokens: perMinute, filledAt: time };
        callers.set(key, caller);
      }
      // Here first: nobody gets more when the others cannot be asked.
      takeToken(caller, time);
      const wait = (await shared?.(key, perMinute)) ?? 0;
      if (wait > 0) throw tooOften(wait);
      if (caller.gate.running() >= concurrency && caller.gate.waiting() >= queue) {
        throw tooMany(1, `${concurrency} queries at the same time and ${queue} waiting are allowed.`);
      }
      return caller.gate.enter(signal);
    },
  };
}

function tooMany(retryAfterSeconds: number, detail: string): AppError {
  return new AppError('ERR_QUERY_004', { detail, headers: { 'retry-after': String(retryAfterSeconds) } });
}
