/** `npm run demo`, once packages are there: starts the stack, says how to use it, and ends it when asked to. */
import { once } from 'node:events';
import { readSettings } from './settings';
import type { Steps } from './setup/index.mjs';
import { startStack } from './stack';
import { password, users } from './users';

/**
 * Resolves when the demo has ended because it was asked to.
 *
 * @param signal aborted when a person or a service manager ends the demo
 * @throws the signal's reason when it was aborted before the demo was up
 * @throws SetupError when the demo could not start, or when one of its parts ended by itself
 */
export async function runDemo(steps: Steps, signal: AbortSignal): Promise<void> {
  const stack = await startStack({ settings: readSettings(), steps, signal });
  const logins = users.map(({ login }) => login).join(', ');
  steps.print(`Ready after ${steps.elapsed()}: ${stack.appUrl}/observability — users ${logins}; password ${password}; Ctrl-C ends the demo`);

  if (!stack.signal.aborted) await once(stack.signal, 'abort');
  await steps.run('Stopping', () => stack.stop());
  if (!signal.aborted) throw stack.signal.reason;
}
