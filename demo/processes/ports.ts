/** Says before any work begins whether the demo's ports can be used. */
import { createServer } from 'node:net';
import { SetupError } from '../setup/index.mjs';

export interface PortUse {
  /** What will listen, for people. */
  readonly part: string;
  readonly port: number;
  /** Environment variable that changes the port. */
  readonly variable: string;
}

/** Everything of the demo listens here only. */
export const loopback = '127.0.0.1';

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    probe.listen(port, loopback, () => probe.close(() => resolve(true)));
  });
}

/** @throws SetupError that names each port that is taken, and how to choose another */
export async function requireFreePorts(uses: readonly PortUse[]): Promise<void> {
  const lines: string[] = [];
  for (const { part, port, variable } of uses) {
    if (!(await isFree(port))) lines.push(`Port ${port}, where ${part} would listen, is taken. Free it, or set ${variable} to another port.`);
    const twin = uses.find((other) => other.port === port);
    if (twin !== undefined && twin.variable !== variable) lines.push(`${twin.variable} and ${variable} are both ${port}; each needs its own port.`);
  }
  if (lines.length > 0) throw new SetupError(lines.join('\n'));
}
