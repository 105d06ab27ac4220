// Which of the programs that build the peers are on this machine.
import { spawnSync } from 'node:child_process';
import { SetupError } from '../../demo/setup/index.mjs';

/**
 * @param commands each with the flag that makes it say its version
 * @throws SetupError that names every one that cannot be run
 */
export function requireCommands(commands) {
  const missing = Object.entries(commands).filter(([command, versionFlag]) => spawnSync(command, [versionFlag], { stdio: 'ignore' }).status !== 0);
  if (missing.length > 0) throw new SetupError(`not on PATH: ${missing.map(([command]) => command).join(', ')}`);
}
