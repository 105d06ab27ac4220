/**
 * Records answered queries, behind the answer's back: the size of a result is counted after the caller has it. Knows
 * neither how queries are scoped nor how they are sent.
 */
import { createGunzip } from 'node:zlib';
import type { Logger } from '../telemetry/logger';
import type { AuditLog } from './audit-log';
import type { Actor, QueryEvent } from './events';

export interface AnsweredQuery {
  readonly actor: Actor;
  readonly datasource: string;
  readonly endpoint: string;
  /** As sent to the metrics backend, after scoping. */
  readonly parameters: QueryEvent['parameters'];
  /** Whether the caller sees everything. */
  readonly unlimited: boolean;
  /** Prometheus's JSON, compressed or not. */
  readonly body: Uint8Array;
  readonly gzip: boolean;
}

/**
 * How every series of a vector or matrix begins (https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats).
 * Inside a string its quotes would be escaped, so counting these is counting series, without parsing megabytes.
 */
const seriesStart = Buffer.from('{"metric":');

const endpointsWithSeries = new Set(['query', 'query_range']);

const pieceSize = 256 * 1024;

export function createQueryRecorder(audit: Pick<AuditLog, 'record'>, log: Logger): (query: AnsweredQuery) => void {
  return ({ actor, datasource, endpoint, parameters, unlimited, body, gzip }) => {
    const record = (series: number | undefined): void =>
      audit.record({
        event: 'query',
        outcome: 'success',
        ...actor,
        datasource,
        endpoint,
        parameters,
        unlimited,
        ...(series === undefined ? {} : { result_series: series }),
        result_bytes: body.length,
      });
    if (!endpointsWithSeries.has(endpoint)) {
      record(undefined);
      return;
    }
    countSeries(body, gzip).then(record, (error: unknown) => {
      log.warn({ err: error }, 'the series of an answer could not be counted');
      record(undefined);
    });
  };
}

/** Series in an answer of `query` or `query_range`. Large answers are taken piece by piece, so memory stays small. */
export async function countSeries(body: Uint8Array, gzip: boolean): Promise<number> {
  let count = 0;
  let rest = Buffer.alloc(0);
  for await (const piece of gzip ? gunzipped(body) : pieces(body)) {
    const text = Buffer.concat([rest, piece]);
    let at = text.indexOf(seriesStart);
    let end = 0;
    for (; at !== -1; at = text.indexOf(seriesStart, end)) {
      count += 1;
      end = at + seriesStart.length;
    }
    // The beginning of a series may be split between two pieces.
    rest = text.subarray(Math.max(end, text.length - seriesStart.length + 1));
  }
  return count;
}

/** Between two pieces other requests get their turn. */
async function* pieces(body: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < body.length; from += pieceSize) {
    await new Promise((resolve) => setImmediate(resolve));
    yield body.subarray(from, from + pieceSize);
  }
}

function gunzipped(body: Uint8Array): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip();
  gunzip.end(body);
  // A stream without an encoding yields buffers; its type cannot know.
  return gunzip as AsyncIterable<Uint8Array>;
}
