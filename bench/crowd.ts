/**
 * Many people who look at dashboards at the same time, each with a token, connections and projects of their own, asking what
 * a browser asks when it does.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { later, type Asked, type Step, type Visit } from './visits';

/** As many as browsers open to one origin. */
const connections = 6;

export interface Person {
  readonly token: string;
  /** Cookie of a session, for pages. */
  readonly cookie: string;
  /** What they look at, one after the other. */
  readonly visits: readonly Visit[];
}

export interface CrowdOptions {
  readonly origin: string;
  readonly people: readonly Person[];
  /** Between two refreshes of a dashboard, in milliseconds. */
  readonly interval: number;
  /** What is sent for a request; undefined: nothing. */
  readonly sent?: (request: Asked) => Asked | undefined;
}

export interface Counts {
  requests: number;
  /** Answers that tell of a failure, by status; 0 stands for none at all. */
  readonly failures: Map<number, number>;
}

export interface Crowd {
  readonly counts: Counts;
  /** Lets everybody leave. */
  readonly stop: () => Promise<void>;
}

const expected: ReadonlySet<number> = new Set([200, 201, 202, 204]);

/** Of ten refreshes one is a change of the project instead, and one another dashboard. */
const cycle = ['refresh', 'refresh', 'refresh', 'change', 'refresh', 'refresh', 'refresh', 'refresh', 'open', 'refresh'] as const;

/** Everybody opens a dashboard within the first interval, and goes on from there. */
export function startCrowd({ origin, people, interval, sent = (request) => request }: CrowdOptions): Crowd {
  const counts: Counts = { requests: 0, failures: new Map() };
  const leaving = new AbortController();
  const { signal } = leaving;
  // Everybody waits for it.
  setMaxListeners(0, signal);

  async function ask(pool: Pool, { token, cookie }: Person, request: Asked): Promise<void> {
    const headers = {
      ...(request.isPage ? { cookie } : { authorization: `Bearer ${token}` }),
      'accept-encoding': 'gzip',
      ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
    };
    const status = await pool.request({ method: request.method, path: request.path, headers, body: request.body, signal }).then(
      async ({ statusCode, body }) => {
        await body.dump({ limit: 64 * 1024 * 1024 });
        return statusCode;
      },
      (error: unknown) => {
        signal.throwIfAborted();
        if (!(error instanceof Error)) throw error;
        return 0;
      },
    );
    counts.requests += 1;
    if (!expected.has(status)) counts.failures.set(status, (counts.failures.get(status) ?? 0) + 1);
  }

  async function take(pool: Pool, person: Person, { at, requests }: Step): Promise<void> {
    const age = Date.now() - at;
    await Promise.all(requests.flatMap((request) => sent(later(request, age)) ?? []).map((request) => ask(pool, person, request)));
  }

  async function live(person: Person, index: number): Promise<void> {
    const pool = new Pool(origin, { connections, pipelining: 1 });
    try {
      // Spread over the interval, whatever their number.
      await sleep((interval * index) / people.length, undefined, { signal });
      for (let turn = 0; ; turn += 1) {
        const began = Date.now();
        const visit = person.visits[Math.floor((turn + index) / cycle.length) % person.visits.length];
        const next = turn === 0 ? 'open' : cycle[(turn + index) % cycle.length];
        if (visit !== undefined && next !== undefined) await take(pool, person, visit[next]);
        await sleep(Math.max(0, began + interval - Date.now()), undefined, { signal });
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      await pool.destroy();
    }
  }

  const lives = people.map(live);
  // Whoever fails before `stop` fails there, and not in between.
  for (const one of lives) one.catch(() => undefined);
  return {
    counts,
    async stop() {
      leaving.abort();
      await Promise.all(lives);
    },
  };
}
