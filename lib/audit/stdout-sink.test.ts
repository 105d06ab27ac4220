import { EventEmitter } from 'node:events';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { createStdoutSink } from './stdout-sink';
import { findingsOf, linesOf, parseRecord } from './testing/records';

it('writes records among the lines of the log, none torn, and holds nobody up while a reader is slow', async () => {
  const program = `
    import { createAudit } from './lib/audit/create.ts';
    import { createLogger, standardOutput } from './lib/telemetry/logger.ts';
    import { createMetrics } from './lib/telemetry/metrics.ts';
    const output = standardOutput();
    const log = createLogger('info', output);
    const audit = createAudit({ audit: { sink: 'stdout' } }, { metrics: createMetrics('t'), log, output, now: Date.now });
    const begun = performance.now();
    for (let index = 0; index < 3000; index += 1) {
      log.info({ index, filling: 'x'.repeat(300) }, 'request');
      audit.record({ event: 'sign_in', outcome: 'success', subject: 'u' + index, name: 'n'.repeat(200) });
      if (index % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    process.stderr.write(String(performance.now() - begun));
    await audit.close();
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
  // A pipe holds 64 KiB: until someone reads, the process has to go on without.
  const [elapsed] = (await once(child.stderr, 'data')) as [Buffer];
  expect(Number(elapsed.toString())).toBeGreaterThan(0);
  const lines = linesOf(await text(child.stdout));
  const records = lines.map(parseRecord).filter(({ event }) => event !== undefined);
  expect(lines).toHaveLength(6_001);
  expect(records).toHaveLength(3_001);
  expect(findingsOf(lines)).toEqual([]);
}, 60_000);

it('tells of a failed write, and tries the same lines again without writing them twice', async () => {
  const stream = Object.assign(new EventEmitter(), { written: [] as string[], write: (line: string) => void stream.written.push(line) });
  const sink = createStdoutSink(stream);
  const first = sink.write('a\n', 1);
  stream.emit('error', new Error('ENOSPC'));
  await expect(first).rejects.toThrow('ENOSPC');
  const second = sink.write('a\n', 1);
  stream.emit('drain');
  await second;
  // The stream keeps what it could not write; an empty line makes it try again.
  expect(stream.written.join('')).toBe('a\n');
});
