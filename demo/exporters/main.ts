/**
 * The workload exporter: one process that stands in for every exporter of the cluster. Answers
 * `<path of the exporter>/<index of the target>` with the values of this moment.
 *
 * Usage: main.ts <port>
 */
import { createServer } from 'node:http';
import { scrape, type Target } from './exposition';
import { exporters } from './exporters';

const pages = new Map<string, Target>(exporters.flatMap(({ path, targets }) => targets.map((target, index): [string, Target] => [`${path}/${index}`, target])));

const server = createServer((request, response) => {
  if (request.url === '/healthy') {
    response.end('ok\n');
    return;
  }
  const target = pages.get(request.url ?? '');
  if (target === undefined) {
    response.writeHead(404).end(`Targets:\n${[...pages.keys()].join('\n')}\n`);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(scrape(target, Date.now() / 1000));
});

server.listen(Number(process.argv[2]), '127.0.0.1');
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
