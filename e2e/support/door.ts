/** The way from an app to its metrics backend, on which a test can hold some queries, or cut all. HTTP in, HTTP out. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Door {
  open(): Promise<void>;
  /** Queries that read one of these metrics are not answered until they are let go. */
  hold(metrics: readonly string[]): void;
  letGo(): void;
  cut(): Promise<void>;
}

/** @param port where the app expects the backend */
export function createDoor(port: number, backendUrl: string): Door {
  let held: readonly string[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const { url = '/', method = 'GET', headers } = request;
      const body = await text(request);
      if (held.some((metric) => url.includes(metric) || body.includes(metric))) {
        await new Promise<void>((resolve) => waiting.add(resolve));
      }
      const sent = await fetch(backendUrl + url, { method, headers: { 'content-type': headers['content-type'] ?? '' }, ...(body === '' ? {} : { body }) });
      response.writeHead(sent.status, { 'content-type': sent.headers.get('content-type') ?? '' }).end(await sent.text());
    };
    answer().catch(() => response.destroy());
  });
  const letGo = (): void => {
    held = [];
    waiting.forEach((go) => go());
    waiting.clear();
  };
  return {
    open: () => new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve)),
    hold: (metrics) => {
      held = metrics;
    },
    letGo,
    cut: async () => {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      letGo();
      server.closeAllConnections();
      await closed;
    },
  };
}
