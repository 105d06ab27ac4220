/** The way from a host to the app, which a test can cut and mend. Bytes in, bytes out. */
import { connect, createServer, type Socket } from 'node:net';

export interface Link {
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** @param port where the host expects the app */
export function createLink(port: number, appUrl: string): Link {
  const app = new URL(appUrl);
  const sockets = new Set<Socket>();
  const server = createServer((fromHost) => {
    const toApp = connect(Number(app.port), app.hostname);
    for (const socket of [fromHost, toApp]) {
      sockets.add(socket);
      // Either side may go away; the other goes with it.
      socket.on('error', () => undefined).on('close', () => {
        sockets.delete(socket);
        fromHost.destroy();
        toApp.destroy();
      });
    }
    fromHost.pipe(toApp).pipe(fromHost);
  });
  return {
    mend: () => new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve)),
    cut: async () => {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
}
