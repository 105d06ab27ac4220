/** The audit log of the process, put together from the configuration. Decides nothing itself. */
import type { Config } from '../config/schema';
import type { Logger, OutputStream } from '../telemetry/logger';
import type { Metrics } from '../telemetry/metrics';
import { createAuditLog, type AuditLog } from './audit-log';
import { createFileSink } from './file-sink';
import type { Sink } from './sink';
import { createStdoutSink } from './stdout-sink';

export interface AuditDependencies {
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Standard output, shared with the log. */
  readonly output: OutputStream;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const nowhere: AuditLog = { record: () => undefined, working: () => true, close: () => Promise.resolve() };

export function createAudit({ audit, auditKey: key }: Pick<Config, 'audit' | 'auditKey'>, { metrics, log, output, now }: AuditDependencies): AuditLog {
  const start = (sink: Sink): AuditLog => createAuditLog({ sink, key, metrics, log, now });
  switch (audit.sink) {
    case 'stdout':
      return start(createStdoutSink(output));
    case 'file':
      return start(createFileSink({ ...audit.file, now, removed: (path) => log.info({ path }, 'audit file deleted: more than audit.file.keep') }));
    case 'none':
      return nowhere;
  }
}
