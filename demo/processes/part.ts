/** One long-running process of the demo: started, watched, and ended. Knows nothing of what it does. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, SetupError } from '../setup/index.mjs';
import type { Guardian } from './guardian';

export interface PartSpec {
  /** For people, and for the name of the log file. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Answers with success once the part works. */
  readonly readyUrl: string;
  /** Reads the certificate authority (PEM) of `readyUrl` where that is https; rejects while the part has not made it. */
  readonly readyAuthority?: () => Promise<string>;
}

export interface Part {
  /** Resolves when the process has ended, whatever the reason, with how it ended. */
  readonly ended: Promise<string>;
  /** Ends the process and what it started: politely, then by force. */
  stop(): Promise<void>;
}

export interface PartContext {
  readonly logDirectory: string;
  readonly guardian: Guardian;
}

const politeTimeout = 5_000;
const shownLogLines = 25;

function logFile(logDirectory: string, name: string): string {
  return join(logDirectory, `${name}.log`);
}

/** A message about a part, with the end of its log. */
export async function partError(logDirectory: string, name: string, what: string): Promise<SetupError> {
  const file = logFile(logDirectory, name);
  const log = (await readFile(file, 'utf8').catch(() => '')).trimEnd();
  if (log === '') return new SetupError(`${name} ${what}. It wrote nothing to ${file}.`);
  const lines = log.split('\n').slice(-shownLogLines);
  return new SetupError(`${name} ${what}. The end of ${file}:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

export function launchPart({ name, command, args, env }: PartSpec, { logDirectory, guardian }: PartContext): Part {
  const log = openSync(logFile(logDirectory, name), 'w');
  // A group of its own: Ctrl-C reaches this process only, which then ends the parts in order.
  const child = spawn(command, args, { cwd: projectRoot, env: { ...process.env, ...env }, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) {
    const ended = new Promise<string>((resolve) => child.once('error', (error) => resolve(`could not be started: ${error.message}`)));
    return { ended, stop: () => Promise.resolve() };
  }
  guardian.started(pid);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, killedBy) => {
      guardian.ended(pid);
      resolve(killedBy === null ? `ended with exit code ${code ?? 0}` : `was ended by ${killedBy}`);
    });
  });
  const kill = (signal: NodeJS.Signals) => {
    try {
      process.kill(-pid, signal);
    } catch {
      // It has ended already.
    }
  };
  return {
    ended,
    async stop() {
      kill('SIGTERM');
      const force = setTimeout(kill, politeTimeout, 'SIGKILL');
      await ended;
      clearTimeout(force);
      // Whatever it left behind.
      kill('SIGKILL');
    },
  };
}
