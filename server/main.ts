/**
 * The production entry: reads the configuration, listens, hands requests to the query path or to Next, and stops in
 * order. Knows no route and no page.
 */
import { join } from 'node:path';
import { ConfigError } from '../lib/config/problems';
import { createNodeListener } from '../lib/http/node';
import { getRuntime, type Runtime } from '../lib/runtime';
import { createFederatedFiles } from './federated-files';
import { listen, type ListeningServer } from './listen';

/** Kubernetes kills the process 30 s after it was asked to stop; what is left is for closing. */
const patience = 25_000;

/** Under `npm start` one Ctrl-C arrives twice at once, from the terminal and passed on by npm; in milliseconds. */
const sameRequest = 1_000;

/** The folder with `.next`: above `dist/`, where the bundle of this file is. */
const root = join(import.meta.dirname, '..');

// React and Next choose their production code when they are loaded. Assigned this way because Next's types make the
// variable read-only.
Object.assign(process.env, { NODE_ENV: 'production' });

try {
  await start(getRuntime());
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}

async function start(runtime: Runtime): Promise<void> {
  const { config, log } = runtime;
  const { default: next } = await import('next');
  const app = next({ dev: false, dir: root });
  await app.prepare();
  const answerPage = app.getRequestHandler();

  const server = await listen({
    ...config.listen,
    api: createNodeListener(runtime.router, new URL(config.publicUrl).origin),
    files: await createFederatedFiles(join(root, 'public', 'federation')),
    pages: (incoming, outgoing) => {
      answerPage(incoming, outgoing).catch((error: unknown) => {
        log.error({ err: error }, 'page failed');
        outgoing.destroy();
      });
    },
  }).catch((error: unknown) => {
    throw isPortProblem(error) ? new ConfigError(`Port ${config.listen.port} on ${config.listen.host} cannot be used (${error.code}). Free it, or choose another one with the key listen.port.`) : error;
  });
  log.info({ url: config.publicUrl, host: config.listen.host, port: server.port }, 'listening');
  stopOnSignal(runtime, server, () => app.close());
}

function isPortProblem(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL');
}

function stopOnSignal(runtime: Runtime, server: ListeningServer, closePages: () => Promise<void>): void {
  let askedAt: number | undefined;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (askedAt !== undefined) {
      if (Date.now() - askedAt > sameRequest) {
        // Asked twice: someone does not want to wait.
        process.exit(1);
      }
      return;
    }
    askedAt = Date.now();
    runtime.log.info({ signal }, 'stopping');
    runtime.beginShutdown();
    const complete = await server.close(patience);
    await Promise.all([runtime.close(), closePages()]);
    runtime.log.info({ complete }, 'stopped');
    await new Promise<void>((resolve) => runtime.log.flush(() => resolve()));
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal)).on('SIGINT', (signal) => void stop(signal));
}
