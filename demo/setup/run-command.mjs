// Runs a tool to its end (npm, apt-get, the build, promtool) and keeps some of its output for the message if it fails.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { clearTimeout, setTimeout } from 'node:timers';
import { SetupError } from './setup-error.mjs';

// npm names the cause first and then explains itself at length; compilers end with the cause.
const keptHead = 15;
const keptTail = 45;

/**
 * Resolves when the command exits with 0; rejects with the begin and the end of its output otherwise. An aborted signal ends the
 * command and everything it started.
 *
 * @param options `cwd`, `env`, `signal`, and `onLine`, called with each line of output
 */
export function runCommand(command, args, { cwd, env, signal, onLine } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    // A group of its own, so that workers which the command starts can be ended with it.
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const head = [];
    const tail = [];
    let left = 0;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (head.length < keptHead) {
          head.push(line);
        } else if (tail.push(line) > keptTail) {
          tail.shift();
          left += 1;
        }
        onLine?.(line);
      });
    }
    let killTimer;
    const kill = (name) => {
      try {
        process.kill(-child.pid, name);
      } catch {
        // It has ended already.
      }
    };
    const abort = () => {
      kill('SIGTERM');
      killTimer = setTimeout(kill, 3000, 'SIGKILL');
    };
    signal?.addEventListener('abort', abort, { once: true });
    const end = (settle) => {
      clearTimeout(killTimer);
      signal?.removeEventListener('abort', abort);
      settle();
    };
    const output = () => [...head, ...(left > 0 ? [`… ${left} lines left out …`] : []), ...tail].join('\n');
    const shown = [command, ...args].join(' ');
    child.on('error', (error) => end(() => reject(new SetupError(`"${shown}" could not be started: ${error.message}`))));
    child.on('close', (code, killedBy) =>
      end(() => {
        if (signal?.aborted) reject(signal.reason);
        else if (code === 0) resolve();
        else reject(new SetupError(`"${shown}" failed (${killedBy ?? `exit code ${code}`}):\n${output()}`));
      }),
    );
  });
}
