import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../testing/temporary-directory';
import { lockState } from './state-lock';

function sleeper() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('a second demo on the same folder is refused and told what to do', async () => {
  const directory = await temporaryDirectory();
  const other = sleeper();
  await writeFile(join(directory, 'demo.pid'), String(other.pid));
  await expect(lockState(directory)).rejects.toThrow(`Another demo (process ${other.pid ?? 0}) is using ${directory}. Stop it, or set DEMO_STATE_DIR`);
});

test('a folder whose demo was killed can be used', async () => {
  const directory = await temporaryDirectory();
  const other = sleeper();
  other.kill('SIGKILL');
  await once(other, 'exit');
  await writeFile(join(directory, 'demo.pid'), String(other.pid));
  const unlock = await lockState(directory);
  await unlock();
  await (await lockState(directory))();
});
