/** The demo's parts as one: when one ends by itself, it is time for all to end. Knows no particular part. */
import { get } from 'node:http';
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

const readyTimeout = 60_000;

/** Not by `fetch`, which refuses ports that browsers avoid; a person may have chosen one of those for Prometheus. */
function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 2_000 }, (response) => {
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
      while (!(await answers(spec.readyUrl))) {
        signal.throwIfAborted();
        if (Date.now() > deadline) throw await partError(logDirectory, spec.name, `was not ready after ${readyTimeout / 1000} s`);
        await sleep(50);
      }
    },
    stop: () => (stopping ??= stopAll()),
  };
}
