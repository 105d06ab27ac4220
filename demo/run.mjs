// `npm run demo`: begins on bare Node, installs the packages, then hands over to main.ts.
// Old syntax on purpose up to the version check: an old Node must get as far as the message.

/* global AbortController */

const required = [20, 19];
const version = process.versions.node.split('.').map(Number);
if (version[0] < required[0] || (version[0] === required[0] && version[1] < required[1])) {
  console.error('The demo needs Node.js ' + required.join('.') + ' or later; this is ' + process.versions.node + '. See https://nodejs.org/');
  process.exit(1);
}

const { createSteps, ensureNpmPackages, SetupError } = await import('./setup/index.mjs');

/** Under npm one Ctrl-C arrives twice at once, from the terminal and passed on by npm; in milliseconds. */
const sameRequest = 1000;

const stopped = new AbortController();
let stoppedAt = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (!stopped.signal.aborted) {
      stoppedAt = Date.now();
      stopped.abort(new SetupError('Stopped before it was ready.'));
    } else if (Date.now() - stoppedAt > sameRequest) {
      // Asked twice: whoever waits has had enough. What still runs is ended by the guardian.
      process.exit(130);
    }
  });
}

const steps = createSteps();
try {
  await ensureNpmPackages({ steps, signal: stopped.signal });
  const { register } = await import('tsx/esm/api');
  register();
  const { runDemo } = await import('./main.ts');
  await runDemo(steps, stopped.signal);
} catch (error) {
  if (error === stopped.signal.reason) {
    console.log(error.message);
  } else {
    // A known problem explains itself; the stack of an unknown one is needed.
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
