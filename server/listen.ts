/**
 * The production HTTP server: which requests the query path answers itself, which Next gets, and how to stop without
 * cutting anyone off. Knows neither configuration nor handlers.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { isUnambiguous, refuse } from '../lib/http/node';
import type { Certificate, Certificates } from './certificates';
import { federatedPrefix } from './federated-files';

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** Speaks TLS with these, and with newer ones as they come; without them plain HTTP. */
  readonly certificates?: Certificates | undefined;
  /** Answers the query path, what pages ask for first, health checks and metrics. */
  readonly api: RequestListener;
  /** Answers with the files of the federated modules. */
  readonly files: RequestListener;
  /** Answers everything else, but for requests that mean different things to different readers. */
  readonly pages: RequestListener;
}

export interface ListeningServer {
  /** Differs from the one asked for when that was 0. */
  readonly port: number;
  /**
   * Stops accepting connections and resolves when the requests in flight are answered, or are cut off after `patience`
   * milliseconds. Resolves with whether all were answered.
   */
  close(patience: number): Promise<boolean>;
}

// A session cookie alone may fill Node's default of 16 KiB: its chunks hold three tokens.
const maxHeaderSize = 64 * 1024;
// Longer than the idle time of the proxies in front (OpenShift's router: 60 s), so that they never reuse a connection
// at the moment when this side closes it.
const keepAliveTimeout = 75_000;
const headersTimeout = 30_000;
const requestTimeout = 60_000;
const handshakeTimeout = 10_000;
// For connections on which nothing moves while a page or file is answered; the query path has its own patience.
const pageTimeout = 120_000;
const idleCheckInterval = 100;
const settings = { maxHeaderSize, keepAliveTimeout, headersTimeout, requestTimeout };

/**
 * Starts to listen.
 *
 * @throws Error with code `EADDRINUSE` or `EACCES` when the port cannot be had
 */
export async function listen({ host, port, certificates, api, files, pages }: ListenOptions): Promise<ListeningServer> {
  let closing = false;
  const answer: RequestListener = (incoming, outgoing) => {
    if (closing) {
      outgoing.setHeader('connection', 'close');
    }
    const target = incoming.url ?? '/';
    if (!isUnambiguous(incoming)) {
      refuse(outgoing);
    } else if (isApiTarget(target)) {
      api(incoming, outgoing);
    } else {
      outgoing.setTimeout(pageTimeout);
      (target.startsWith(federatedPrefix) ? files : pages)(incoming, outgoing);
    }
  };
  const server = certificates === undefined ? createServer(settings, answer) : createSecureServer(certificates, answer);
  // Nothing here speaks another protocol. Not left to Node's default, which answers as if nothing had been asked but
  // loses what follows the head; nor to Next, which listens too and leaves such connections open.
  server.on('upgrade', (_incoming, socket) => socket.destroy());
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return {
    // A listening TCP server's address is an object.
    port: (server.address() as AddressInfo).port,
    close: (patience) => {
      closing = true;
      return drain(server, sockets, patience);
    },
  };
}

/** Connections that exist keep the certificate that they began with. */
function createSecureServer(certificates: Certificates, answer: RequestListener): Server {
  const server = createTlsServer({ ...settings, handshakeTimeout, ...secureContext(certificates.current()) }, answer);
  certificates.onChange((pair) => server.setSecureContext(secureContext(pair)));
  return server;
}

function secureContext(pair: Certificate) {
  return { ...pair, minVersion: 'TLSv1.2' as const };
}

/** Whether a request is answered without Next. What this overlooks reaches the same handlers through Next's routes. */
function isApiTarget(target: string): boolean {
  return /^(?:\/api\/(?:(?:as|proxy|health|v1)\/|(?:me|summary)(?:\?|$))|\/proxy\/|\/metrics(?:\?|$))/.test(target);
}

async function drain(server: Server, sockets: ReadonlySet<Socket>, patience: number): Promise<boolean> {
  let complete = true;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Connections that become idle later are closed as soon as they are.
  const idle = setInterval(() => server.closeIdleConnections(), idleCheckInterval);
  const deadline = setTimeout(() => {
    complete = false;
    // All of them: the server itself forgets those that it has handed out.
    sockets.forEach((socket) => socket.destroy());
  }, patience);
  await closed;
  clearInterval(idle);
  clearTimeout(deadline);
  return complete;
}
