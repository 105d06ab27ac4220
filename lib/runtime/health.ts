/**
 * Liveness and readiness, for whoever runs the process. Answers to anyone, so it names dependencies but never addresses
 * or reasons; those are in the log.
 */
import type { Handler } from '../http/handler';
import { jsonResponse } from '../http/json';
import type { Logger } from '../telemetry/logger';

/** Something this app cannot do all its work without. */
export interface Dependency {
  readonly name: string;
  /** Resolves when it works, with a few words for the answer if there is something to say; rejects with the reason. */
  readonly check: (signal: AbortSignal) => Promise<string | undefined>;
}

export interface HealthDependencies {
  readonly dependencies: readonly Dependency[];
  readonly log: Logger;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
}

export interface Health {
  /** `GET /api/health/live`: the process answers. */
  readonly live: Handler;
  /**
   * `GET /api/health/ready`: 200 while anything can be served, `degraded` when a dependency is missing; 503 when all
   * are, or when the process is stopping. A replica that lacks what every other replica lacks too must stay reachable:
   * people need its explanation more than a gateway error.
   */
  readonly ready: Handler;
  /** From now on not ready: no new work should be sent here. */
  readonly beginShutdown: () => void;
}

interface Check {
  readonly name: string;
  readonly status: 'up' | 'down';
  readonly detail?: string;
}

/** Probes come every few seconds, from several sides; the dependencies are asked once in this time. */
const keepFor = 5_000;
const checkTimeout = 2_000;

export function createHealth({ dependencies, log, now }: HealthDependencies): Health {
  let stopping = false;
  let latest: { readonly at: number; readonly checks: Promise<readonly Check[]> } | undefined;
  const down = new Set<string>();

  async function run({ name, check }: Dependency): Promise<Check> {
    const signal = AbortSignal.timeout(checkTimeout);
    try {
      const detail = await Promise.race([check(signal), rejectionOf(signal)]);
      if (down.delete(name)) {
        log.info({ dependency: name }, 'dependency works again');
      }
      return { name, status: 'up', ...(detail === undefined ? {} : { detail }) };
    } catch (error) {
      if (!down.has(name)) {
        down.add(name);
        log.warn({ dependency: name, err: error }, 'dependency does not work');
      }
      return { name, status: 'down' };
    }
  }

  return {
    live: () => Promise.resolve(jsonResponse({ status: 'up' })),
    ready: async () => {
      if (latest === undefined || now() - latest.at > keepFor) {
        latest = { at: now(), checks: Promise.all(dependencies.map(run)) };
      }
      const checks = await latest.checks;
      const working = checks.filter(({ status }) => status === 'up').length;
      if (stopping || working === 0) {
        return jsonResponse({ status: 'unavailable', checks }, 503);
      }
      return jsonResponse({ status: working === checks.length ? 'ready' : 'degraded', checks });
    },
    beginShutdown: () => {
      stopping = true;
    },
  };
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`no answer within ${checkTimeout} ms`)), { once: true });
  });
}
