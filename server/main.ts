/**
 * The production entry: reads the configuration, listens, hands requests to the query path or to Next, and stops in
 * order. Knows no route and no page.
 */
import { join } from 'node:path';
import { ConfigError } from '../lib/config/problems';
import type { Config } from '../lib/config/schema';
import { createNodeListener } from '../lib/http/node';
import { getRuntime, type Runtime } from '../lib/runtime';
import { readCertificates } from './certificates';
import { createFederatedFiles } from './federated-files';
import { inGzip } from './gzip';
import { listen, type ListeningServer, type ListenOptions } from './listen';

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

  const { host, port, metricsPort, tls } = config.listen;
  const origin = new URL(config.publicUrl).origin;
  const certificates = tls === undefined ? undefined : readCertificates(tls, { log });

  const server = await listen({
    host,
    port,
    certificates,
    api: createNodeListener(inGzip(runtime.router), origin),
    files: await createFederatedFiles(join(root, 'public', 'federation')),
    pages: (incoming, outgoing) => {
      answerPage(incoming, outgoing).catch((error: unknown) => {
        log.error({ err: error }, 'page failed');
        outgoing.destroy();
      });
    },
  }).catch(explainPort('port', config.listen));
  log.info({ url: config.publicUrl, host, port: server.port, tls: tls !== undefined }, 'listening');
  const metrics = metricsPort === undefined ? undefined : await listenForMetrics(runtime, { host, port: metricsPort, certificates, origin });

  stopOnSignal(runtime, async () => {
    // Metrics last: how the end went is worth a scrape.
    const complete = await server.close(patience);
    await metrics?.close(0);
    certificates?.close();
    await app.close();
    return complete;
  });
}

function listenForMetrics({ metricsRouter, config }: Runtime, { origin, ...options }: Pick<ListenOptions, 'host' | 'port' | 'certificates'> & { origin: string }): Promise<ListeningServer> {
  const answer = createNodeListener(metricsRouter, origin);
  return listen({ ...options, api: answer, files: answer, pages: answer }).catch(explainPort('metricsPort', config.listen));
}

/** @throws ConfigError that names the key, where a port cannot be had */
function explainPort(key: 'port' | 'metricsPort', settings: Config['listen']): (error: unknown) => never {
  return (error) => {
    throw isPortProblem(error) ? new ConfigError(`Port ${settings[key]} on ${settings.host} cannot be used (${error.code}). Free it, or choose another one with the key listen.${key}.`) : error;
  };
}

function isPortProblem(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL');
}

/** @param close stops answering, and says whether all requests in flight were answered */
function stopOnSignal(runtime: Runtime, close: () => Promise<boolean>): void {
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
    const complete = await close();
    await runtime.close();
    runtime.log.info({ complete }, 'stopped');
    await new Promise<void>((resolve) => runtime.log.flush(() => resolve()));
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal)).on('SIGINT', (signal) => void stop(signal));
}
