import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import { freePorts } from '../testing/free-ports';
import { temporaryDirectory } from '../testing/temporary-directory';
import { projectRoot } from '../setup/index.mjs';
import type { PartSpec } from './part';
import { createSupervisor } from './supervisor';

// Several processes are started, on two cores that other tests use too.
vi.setConfig({ testTimeout: 30_000 });

/** A part that listens, tells its process ids at `/`, and does what it is asked to. */
function listener(name: string, port: number, onTerminate: 'exit' | 'ignore'): PartSpec {
  const code = `
    const { spawn } = require('node:child_process');
    const helper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    process.on('SIGTERM', () => ${onTerminate === 'exit' ? 'process.exit(0)' : '{}'});
    require('node:http').createServer((request, response) => {
      if (request.url === '/crash') { console.log('the disk is on fire'); process.exit(3); }
      response.end(JSON.stringify([process.pid, helper.pid]));
    }).listen(${port}, '127.0.0.1');`;
  return { name, command: process.execPath, args: ['-e', code], readyUrl: `http://127.0.0.1:${port}/` };
}

async function pidsOf({ readyUrl }: PartSpec): Promise<number[]> {
  // What `listener` answers.
  return (await (await fetch(readyUrl)).json()) as number[];
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function expectEnded(pids: readonly number[]): Promise<void> {
  await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 10_000 });
}

async function setUp(onTerminate: 'exit' | 'ignore' = 'exit') {
  const [first = 0, second = 0] = await freePorts(2);
  const parts = [listener('one', first, 'exit'), listener('two', second, onTerminate)] as const;
  const asked = new AbortController();
  const supervisor = createSupervisor(await temporaryDirectory(), asked.signal);
  for (const part of parts) await supervisor.start(part);
  const pids = (await Promise.all(parts.map(pidsOf))).flat();
  expect(pids).toHaveLength(4);
  return { parts, asked, supervisor, pids };
}

test('stopping ends every part and the processes it started', async () => {
  const { supervisor, pids } = await setUp();
  await supervisor.stop();
  await expectEnded(pids);
});

test('a part that does not want to stop is ended by force', async () => {
  const { supervisor, pids } = await setUp('ignore');
  await supervisor.stop();
  await expectEnded(pids);
});

test('when one part crashes the demo is told which and why, and can end the others', async () => {
  const { parts, supervisor, pids } = await setUp();
  const aborted = once(supervisor.signal, 'abort');
  await fetch(`${parts[0].readyUrl}crash`).catch(() => undefined);
  await aborted;
  expect(String(supervisor.signal.reason)).toMatch(/one ended with exit code 3\. The end of .*one\.log:\n {2}the disk is on fire/);
  await supervisor.stop();
  await expectEnded(pids);
});

test('a part that ends before it is ready fails the start with the end of its log', async () => {
  const supervisor = createSupervisor(await temporaryDirectory(), new AbortController().signal);
  const [port = 0] = await freePorts(1);
  const start = supervisor.start({ ...listener('broken', port, 'exit'), args: ['-e', 'throw new Error("no configuration")'] });
  await expect(start).rejects.toThrow(/broken ended with exit code 1\.[^]*no configuration/);
  await supervisor.stop();
});

test('a program that is not there fails the start with its name', async () => {
  const supervisor = createSupervisor(await temporaryDirectory(), new AbortController().signal);
  const [port = 0] = await freePorts(1);
  await expect(supervisor.start({ ...listener('absent', port, 'exit'), command: '/nowhere/prometheus' })).rejects.toThrow(
    /absent could not be started: .*\/nowhere\/prometheus/,
  );
  await supervisor.stop();
});

test('a demo that is asked to end while a part starts stops waiting', async () => {
  const asked = new AbortController();
  const supervisor = createSupervisor(await temporaryDirectory(), asked.signal);
  const [port = 0] = await freePorts(1);
  const start = supervisor.start({ ...listener('slow', port, 'exit'), args: ['-e', 'setInterval(() => {}, 1000)'] });
  asked.abort(new Error('asked to end'));
  await expect(start).rejects.toThrow('asked to end');
  await supervisor.stop();
});

test('parts do not outlive a demo that is killed', async () => {
  const [port = 0] = await freePorts(1);
  const part = listener('orphan', port, 'exit');
  const directory = await temporaryDirectory();
  const code = `
    import { createSupervisor } from './demo/processes/supervisor.ts';
    const supervisor = createSupervisor(${JSON.stringify(directory)}, new AbortController().signal);
    await supervisor.start(${JSON.stringify(part)});
    console.log('started');`;
  const demo = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(createInterface({ input: demo.stdout }), 'line');
  const pids = await pidsOf(part);
  demo.kill('SIGKILL');
  await expectEnded(pids);
});
