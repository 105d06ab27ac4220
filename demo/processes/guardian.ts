/** Starts the process that ends the others if this one is killed. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Guardian {
  started(pid: number): void;
  ended(pid: number): void;
  /** Lets the guardian go: it ends what it still knows of, then itself. */
  close(): Promise<void>;
}

export function startGuardian(): Guardian {
  const child = spawn(process.execPath, [fileURLToPath(new URL('guardian-process.mjs', import.meta.url))], {
    // Its own group: whatever kills this group leaves it alive to do its work.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    // It is a safety net: without it the demo still runs.
    child.once('error', () => resolve());
  });
  child.stdin.on('error', () => undefined);
  const tell = (line: string) => void child.stdin.write(`${line}\n`);
  return {
    started: (pid) => tell(`+${pid}`),
    ended: (pid) => tell(`-${pid}`),
    close: () => {
      child.stdin.end();
      return gone;
    },
  };
}
