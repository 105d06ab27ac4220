/**
 * Takes records and writes them in order behind the request's back: a bounded queue, batches, and a second attempt for
 * what could not be written. Knows neither requests nor files.
 */
import type { Logger } from '../telemetry/logger';
import type { Metrics } from '../telemetry/metrics';
import { newChain, readLine, seal, type ChainState } from './chain';
import type { AuditEvent } from './events';
import type { Sink } from './sink';

export interface AuditLog {
  /** Puts a record into the queue. Never throws and never waits. */
  readonly record: (event: AuditEvent) => void;
  /** Whether records get written: the last attempt did not fail, and no record has waited for long. */
  readonly working: () => boolean;
  /** Writes what is in the queue, as far as that works at once, and closes the sink. */
  readonly close: () => Promise<void>;
}

export interface AuditLogDependencies {
  readonly sink: Sink;
  /** Key of the seals; without one they are plain hashes. */
  readonly key: string | undefined;
  readonly metrics: Pick<Metrics, 'auditWriteFailures' | 'auditRecordsLost' | 'auditLag'>;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Size of the queue, in characters. */
  readonly capacity?: number;
  /** Milliseconds until the next attempt after a failed one. */
  readonly retryAfter?: number;
}

/** A record that waits to be sealed. */
interface Waiting {
  readonly body: string;
  readonly at: number;
}

/** Sealed lines that are being written. */
interface Batch {
  readonly lines: string;
  readonly firstSeq: number;
  /** When the first of them was recorded. */
  readonly at: number;
}

const defaultCapacity = 16 * 1024 * 1024;
/** Sealing this much takes about a millisecond; other requests get their turn in between. */
const batchSize = 128 * 1024;
const defaultRetryAfter = 1_000;
/** Records of this time are written together: a write for each would cost more than all the rest of recording. */
const gatherFor = 50;
/** A disk or a reader that takes nothing for this long does not work, though it reports no error. */
const longestLag = 5_000;
/** For what is left in the queue when the process ends. */
const closePatience = 3_000;

export function createAuditLog({ sink, key, metrics, log, now, capacity = defaultCapacity, retryAfter = defaultRetryAfter }: AuditLogDependencies): AuditLog {
  let queue: Waiting[] = [];
  let queued = 0;
  let lost: { count: number; since: number } | undefined;
  let chain: ChainState | undefined;
  let batch: Batch | undefined;
  let failing = false;
  let closing = false;
  let pumping: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let hurry: () => void = () => undefined;

  const lag = (): number => {
    const oldest = batch?.at ?? queue[0]?.at;
    return oldest === undefined ? 0 : Math.max(0, now() - oldest);
  };

  function waiting(event: AuditEvent): Waiting {
    const at = now();
    const body = JSON.stringify({ time: new Date(at).toISOString(), ...event });
    queued += body.length;
    return { body, at };
  }

  function record(event: AuditEvent): void {
    if (queued >= capacity) {
      lost ??= { count: 0, since: now() };
      lost.count += 1;
      metrics.auditRecordsLost.inc();
      return;
    }
    queue.push(waiting(event));
    metrics.auditLag.set(lag() / 1000);
    if (!failing) {
      pump();
    }
  }

  /** Says in the log itself what it lacks, behind what was recorded before and in front of what comes next. */
  function admitLoss(): void {
    if (lost !== undefined) {
      const { count, since } = lost;
      lost = undefined;
      queue.push(waiting({ event: 'records_lost', outcome: 'success', count, since: new Date(since).toISOString() }));
    }
  }

  function pump(): void {
    clearTimeout(retry);
    pumping ??= drain().finally(() => {
      pumping = undefined;
      metrics.auditLag.set(lag() / 1000);
      if (failing && !closing) {
        retry = setTimeout(pump, retryAfter).unref();
      } else if (!failing && queue.length > 0) {
        pump();
      }
    });
  }

  async function drain(): Promise<void> {
    try {
      await gather();
      chain ??= await begin();
      for (batch ??= next(chain); batch !== undefined; batch = next(chain)) {
        await sink.write(batch.lines, batch.firstSeq);
        works();
      }
    } catch (error) {
      fails(error);
    }
  }

  function gather(): Promise<void> {
    return new Promise((resolve) => {
      hurry = resolve;
      setTimeout(resolve, gatherFor).unref();
      if (closing) {
        resolve();
      }
    });
  }

  /** Continues the chain that the sink ends with, where it is sound. */
  async function begin(): Promise<ChainState> {
    const last = await sink.open();
    const read = last === undefined ? undefined : readLine(last, key);
    if (read?.kind === 'record' && read.intact) {
      return read.link;
    }
    const reason = read === undefined ? 'nothing to continue' : 'the last record that is there was not sealed by this configuration, or was altered';
    if (read !== undefined) {
      log.warn({ reason }, 'a new chain of audit records begins');
    }
    queue.unshift(waiting({ event: 'chain_start', outcome: 'success', reason }));
    return newChain(key);
  }

  /** Takes records from the queue and seals them. */
  function next(from: ChainState): Batch | undefined {
    admitLoss();
    const first = queue[0];
    if (first === undefined) {
      return undefined;
    }
    let state = from;
    let lines = '';
    let taken = 0;
    for (const { body } of queue) {
      const sealed = seal(body, state, key);
      lines += `${sealed.line}\n`;
      state = sealed.state;
      queued -= body.length;
      taken += 1;
      if (lines.length >= batchSize) {
        break;
      }
    }
    queue = queue.slice(taken);
    chain = state;
    return { lines, firstSeq: from.seq + 1, at: first.at };
  }

  function works(): void {
    if (failing) {
      failing = false;
      log.info('audit records are written again');
    }
  }

  function fails(error: unknown): void {
    metrics.auditWriteFailures.inc();
    if (!failing) {
      failing = true;
      log.error({ err: error }, 'audit records cannot be written; they wait');
    }
  }

  // Now, so that a sink that does not work is known before anyone looks at anything.
  pump();

  return {
    record,
    working: () => !failing && lag() < longestLag,
    async close() {
      closing = true;
      hurry();
      pump();
      // Keeps the process alive meanwhile: nothing else may be left to do.
      let patience: NodeJS.Timeout | undefined;
      await Promise.race([finish(), new Promise((resolve) => (patience = setTimeout(resolve, closePatience)))]);
      clearTimeout(patience);
      const left = queue.length + (batch === undefined ? 0 : batch.lines.split('\n').length - 1);
      if (left > 0) {
        log.error({ count: left + (lost?.count ?? 0) }, 'audit records were lost: they could not be written before the end');
      }
    },
  };

  /** One attempt for everything in the queue. A sink that hangs is not waited for, neither here nor when it closes. */
  async function finish(): Promise<void> {
    while (pumping !== undefined) {
      await pumping;
    }
    await sink.close().catch((error: unknown) => log.warn({ err: error }, 'the audit log could not be closed'));
  }
}
