/**
 * The least that any server between a browser and Prometheus does: passes requests on and answers back, on Node's own
 * HTTP. What the query path costs beyond it is the price of identity, enforcement and limits.
 *
 * Usage: reverse-proxy.ts <port> <url of Prometheus>
 */
import { Agent, createServer, request } from 'node:http';

const [port, url = ''] = process.argv.slice(2);
const { hostname, port: upstreamPort } = new URL(url);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const server = createServer((incoming, outgoing) => {
  const { method, url: path, headers } = incoming;
  const upstream = request({ hostname, port: upstreamPort, method, path, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  upstream.on('error', () => outgoing.destroy());
  incoming.pipe(upstream);
});
server.listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  agent.destroy();
});
