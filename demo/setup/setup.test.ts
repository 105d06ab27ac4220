import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../testing/temporary-directory';
import { createSteps, ensureChromium, ensurePrometheus, hashFiles, packagesAreCurrent, runCommand } from './index.mjs';

const silent = createSteps({ write: () => true });

async function program(directory: string, name: string, script = 'exit 0'): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

describe('finding programs', () => {
  test('PROMETHEUS_BIN and PROMTOOL_BIN win over PATH', async () => {
    const directory = await temporaryDirectory();
    const own = { prometheus: await program(directory, 'my-prometheus'), promtool: await program(directory, 'my-promtool') };
    await program(directory, 'prometheus');
    await program(directory, 'promtool');
    const env = { PATH: directory, PROMETHEUS_BIN: own.prometheus, PROMTOOL_BIN: own.promtool };
    expect(await ensurePrometheus({ env, uid: 1000, steps: silent })).toEqual(own);
    expect(await ensurePrometheus({ env: { PATH: directory }, uid: 1000, steps: silent })).toEqual({
      prometheus: join(directory, 'prometheus'),
      promtool: join(directory, 'promtool'),
    });
  });

  test('a variable that names no program is refused, whatever PATH has', async () => {
    const env = { PATH: process.env.PATH, CHROMIUM_PATH: '/nowhere/chromium' };
    await expect(ensureChromium({ env, steps: silent })).rejects.toThrow('CHROMIUM_PATH is "/nowhere/chromium", which is not an executable file.');
  });

  test('without root the message says exactly what is missing, what to install and how to point at it', async () => {
    const directory = await temporaryDirectory();
    await program(directory, 'prometheus');
    await program(directory, 'apt-get', 'echo called >> "$(dirname "$0")/calls"');
    const ensure = ensurePrometheus({ env: { PATH: directory }, uid: 1000, steps: silent });
    await expect(ensure).rejects.toThrow(/^promtool was not found\.\n/);
    await expect(ensure).rejects.toThrow('sudo apt-get install --no-install-recommends prometheus');
    await expect(ensure).rejects.toThrow('set PROMETHEUS_BIN and PROMTOOL_BIN');
    await expect(readFile(join(directory, 'calls'))).rejects.toThrow('ENOENT');
  });

  test('root on Debian gets the package installed', async () => {
    const directory = await temporaryDirectory();
    await program(
      directory,
      'apt-get',
      `cd "${directory}"; echo "$DEBIAN_FRONTEND $*" >> calls
       case "$*" in *install*) for name in prometheus promtool; do /bin/echo '#!/bin/sh' > $name; /bin/chmod +x $name; done;; esac`,
    );
    const env = { PATH: directory };
    expect(await ensurePrometheus({ env, uid: 0, steps: silent })).toEqual({
      prometheus: join(directory, 'prometheus'),
      promtool: join(directory, 'promtool'),
    });
    const calls = (await readFile(join(directory, 'calls'), 'utf8')).trim().split('\n');
    expect(calls).toEqual([
      'noninteractive -o DPkg::Lock::Timeout=120 update',
      'noninteractive -o DPkg::Lock::Timeout=120 install -y --no-install-recommends prometheus',
    ]);
  });

  test('an installation that fails shows what apt-get said', async () => {
    const directory = await temporaryDirectory();
    await program(directory, 'apt-get', 'echo "E: Unable to locate package" >&2; exit 100');
    await expect(ensureChromium({ env: { PATH: directory }, uid: 0, steps: silent })).rejects.toThrow(/apt-get .*\(exit code 100\):\nE: Unable to locate/);
  });
});

describe('npm packages', () => {
  async function project(lock: unknown, installed: unknown): Promise<string> {
    const root = await temporaryDirectory();
    await mkdir(join(root, 'node_modules'));
    await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages: lock }));
    if (installed !== undefined) await writeFile(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
    return root;
  }

  const lock = {
    '': { name: 'project' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/for-another-platform': { version: '1.0.0', optional: true },
  };

  test.each([
    ['are current when the lock file’s are installed', { 'node_modules/a': { version: '1.0.0' } }, true],
    ['are not when a version differs', { 'node_modules/a': { version: '0.9.0' } }, false],
    ['are not when one is missing', {}, false],
    ['are not when the last installation did not finish', undefined, false],
  ])('%s', async (_, installed, expected) => {
    expect(await packagesAreCurrent(await project(lock, installed))).toBe(expected);
  });
});

describe('hash of files', () => {
  test('changes with a content, a name and a new file, and not otherwise', async () => {
    const root = await temporaryDirectory();
    await mkdir(join(root, 'a'));
    await writeFile(join(root, 'a', 'one.ts'), '1');
    const hashes = [await hashFiles(root, ['a', 'absent']), await hashFiles(root, ['a', 'absent'])];
    expect(hashes[0]).toBe(hashes[1]);
    await writeFile(join(root, 'a', 'one.ts'), '2');
    hashes.push(await hashFiles(root, ['a', 'absent']));
    await writeFile(join(root, 'absent'), '');
    hashes.push(await hashFiles(root, ['a', 'absent']));
    await writeFile(join(root, 'a', 'one.test.ts'), '1');
    hashes.push(await hashFiles(root, ['a', 'absent']));
    expect(new Set(hashes).size).toBe(4);
    expect(await hashFiles(root, ['a', 'absent'], (path) => !path.endsWith('.test.ts'))).toBe(hashes[3]);
  });
});

describe('running a command', () => {
  test('a failure shows the command, its exit code and the end of its output', async () => {
    await expect(runCommand('sh', ['-c', 'echo out; echo err >&2; exit 7'])).rejects.toThrow(/"sh -c .*" failed \(exit code 7\):\n(out\nerr|err\nout)$/);
  });

  test('a long output is shown with its begin and its end', async () => {
    await expect(runCommand('sh', ['-c', 'seq 1 100; exit 1'])).rejects.toThrow(/:\n1\n2\n[^]*\n15\n… 40 lines left out …\n56\n[^]*\n100$/);
  });

  test('a command that is not there is named', async () => {
    await expect(runCommand('/nowhere/npm', ['ci'])).rejects.toThrow('"/nowhere/npm ci" could not be started');
  });

  test('an abort ends the command with what it started', async () => {
    const stop = new AbortController();
    const lines: string[] = [];
    const run = runCommand('sh', ['-c', 'sleep 60 & echo started; wait'], {
      signal: stop.signal,
      onLine: (line) => {
        lines.push(line);
        stop.abort(new Error('enough'));
      },
    });
    // It settles when the pipe that `sleep` inherited is closed too, long before its minute is over.
    await expect(run).rejects.toThrow('enough');
    expect(lines).toEqual(['started']);
  });
});

describe('steps', () => {
  test('in a log each step is a line with its last detail and its time', async () => {
    const written: string[] = [];
    const steps = createSteps({ write: (text) => written.push(text) });
    const result = await steps.run('Counting', (report) => {
      report('1 of 2');
      report('2 of 2');
      return Promise.resolve(2);
    });
    expect(result).toBe(2);
    expect(written).toEqual([expect.stringMatching(/^✓ Counting — 2 of 2 {2}\d+\.\d s\n$/)]);
  });

  test('a failing step is marked and its error thrown on', async () => {
    const written: string[] = [];
    const steps = createSteps({ write: (text) => written.push(text) });
    await expect(steps.run('Counting', () => Promise.reject(new Error('lost count')))).rejects.toThrow('lost count');
    expect(written).toEqual([expect.stringMatching(/^✗ Counting {2}/)]);
  });
});
