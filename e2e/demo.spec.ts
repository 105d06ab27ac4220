/** The demo as a person handles it: it starts, it stops, it fails, and nothing is left behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const ports = { DEMO_APP_PORT: '4400', DEMO_PROMETHEUS_PORT: '4490', DEMO_OIDC_PORT: '4440', DEMO_EXPORTER_PORT: '4450', DEMO_PROMETHEUS_PROXY_PORT: '4460' };

interface Demo {
  process: ChildProcess;
  output: () => string;
  exitCode: Promise<number | null>;
}

function startDemo(stateDirectory: string): Demo {
  const child = spawn('npm', ['run', '--silent', 'demo'], {
    env: { ...process.env, ...ports, DEMO_STATE_DIR: stateDirectory },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { process: child, output: () => output, exitCode: new Promise((resolve) => child.once('close', resolve)) };
}

/** The processes that a process started, they in turn, and so on. */
function descendants(pid: number): { pid: number; command: string }[] {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        return [{ pid: Number(name), parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]), command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
      } catch {
        // It ended while the list was read.
        return [];
      }
    });
  const below = (parent: number): typeof processes => processes.filter((child) => child.parent === parent).flatMap((child) => [child, ...below(child.pid)]);
  return below(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.describe('the demo', () => {
  test.describe.configure({ mode: 'serial', timeout: 600_000 });
  test.skip(process.platform !== 'linux', 'the processes of the demo are listed through /proc, which only Linux has');

  let stateDirectory: string;
  let demo: Demo;

  test.beforeAll(async () => {
    stateDirectory = await mkdtemp(join(tmpdir(), 'odh-observability-demo-'));
  });
  test.afterAll(async () => {
    demo.process.kill('SIGKILL');
    await rm(stateDirectory, { recursive: true, force: true });
  });

  async function ready(): Promise<{ pid: number; command: string }[]> {
    demo = startDemo(stateDirectory);
    await expect.poll(() => demo.output(), { timeout: 400_000 }).toMatch(/^Ready .*$|^✗/m);
    expect(demo.output()).toMatch(/^Ready .*http:\/\/127\.0\.0\.1:4400.*scientist, mlops, admin, guest.*password demo/m);
    const processes = descendants(demo.process.pid ?? 0);
    expect(processes.length).toBeGreaterThanOrEqual(4);
    return processes;
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`ends with all its processes on ${signal}`, async () => {
      const processes = await ready();
      demo.process.kill(signal);
      expect(await demo.exitCode).toBe(0);
      expect(processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
    });
  }

  test('ends with all its processes when one of them crashes, and says which', async () => {
    const processes = await ready();
    const prometheus = processes.find(({ command }) => command.includes('--storage.tsdb.path'));
    process.kill(prometheus?.pid ?? Number.NaN, 'SIGKILL');
    expect(await demo.exitCode).toBe(1);
    expect(demo.output()).toContain('prometheus was ended by SIGKILL');
    expect(processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
  });

  test('names a port that is taken and how to change it', async () => {
    const occupant = createServer().listen(Number(ports.DEMO_OIDC_PORT), '127.0.0.1');
    try {
      demo = startDemo(stateDirectory);
      expect(await demo.exitCode).toBe(1);
      expect(demo.output()).toContain(ports.DEMO_OIDC_PORT);
      expect(demo.output()).toContain('DEMO_OIDC_PORT');
    } finally {
      occupant.close();
    }
  });
});
