/** The demo's parts as one: when one ends by itself, it is time for all to end. Knows no particular part. */
import { get } from 'node:http';
import { get as getSecurely } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGuardian } from './guardian';
import { launchPart, partError, type Part, type PartSpec } from './part';

export interface Supervisor {
  /** Aborted when the caller's signal is, or with a SetupError when a part ended by itself. */
  readonly signal: AbortSignal;
  /**
   * Starts a part and resolves when it is ready.
   *
   * @throws SetupError with the end of its log when it is not; the reason of `signal` when that is aborted meanwhile
   */
  start(spec: PartSpec): Promise<void>;
  /** Ends every part, the last started first. */
  stop(): Promise<void>;
}

/** Long, because a part that cannot start says so by ending; a busy machine takes its time. */
const readyTimeout = 180_000;

/** Not by `fetch`, which refuses ports that browsers avoid; a person may have chosen one of those for Prometheus. */
async function answers({ readyUrl, readyAuthority }: PartSpec): Promise<boolean> {
  const ca = await readyAuthority?.().catch(() => undefined);
  if (readyAuthority !== undefined && ca === undefined) return false;
  return new Promise((resolve) => {
    const request = (ca === undefined ? get : getSecurely)(readyUrl, { agent: false, timeout: 2_000, ca }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

/** @param outer aborted when a person wants the demo to end */
export function createSupervisor(logDirectory: string, outer: AbortSignal): Supervisor {
  const guardian = startGuardian();
  const crash = new AbortController();
  const signal = AbortSignal.any([outer, crash.signal]);
  const parts: Part[] = [];
  let stopping: Promise<void> | undefined;

  async function stopAll(): Promise<void> {
    for (const part of parts.reverse()) await part.stop();
    await guardian.close();
  }

  return {
    signal,
    async start(spec) {
      signal.throwIfAborted();
      const part = launchPart(spec, { logDirectory, guardian });
      parts.push(part);
      void part.ended.then(async (how) => {
        if (stopping === undefined) crash.abort(await partError(logDirectory, spec.name, how));
      });
      const deadline = Date.now() + readyTimeout;
      while (!(await answers(spec))) {
        signal.throwIfAborted();
        if (Date.now() > deadline) throw await partError(logDirectory, spec.name, `was not ready after ${readyTimeout / 1000} s`);
        await sleep(50);
      }
    },
    stop: () => (stopping ??= stopAll()),
  };
}
