/**
 * `npm run bench`: what enforcement costs, how fast the query path is beside Prometheus itself, how soon a dashboard
 * shows data, how the viewer behaves under the hand, and how long the query of each panel takes. Starts the demo stack on
 * ports of its own, measures, and stops it. Numbers depend on the machine and on what else it does; compare the ratios.
 */
import { join } from 'node:path';
import type { Cookie } from 'playwright';
import { startHost } from '../e2e/host/server/host';
import { hostSettings } from '../e2e/support/host-settings';
import { plainProxyUrl, ports, signIn, startApp, startBenchStack, startPlainProxy, stateDirectory, writeConfig } from './apps';
import { benchAudit } from './audit';
import { benchEmbedding } from './embedding';
import { benchEnforce } from './enforce';
import { benchFirstPanel } from './first-panel';
import { benchInteraction } from './interaction';
import { benchPanels } from './panels';
import { benchQueryPath, type Target } from './query-path';

const hostPort = 4510;
const hostUrl = `http://127.0.0.1:${hostPort}`;
const serverPort = 4501;
const nextPort = 4502;
const exchangePort = 4503;
const auditPort = 4505;
const query = 'odh_training_throughput{namespace=~"llm-research|vision-lab"}';
const dashboard = '/observability/dashboards/opendatahub/model-training?start=1h';

benchEnforce();

const stack = await startBenchStack([hostUrl]);
const header = (cookies: readonly Cookie[]) => cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
const stops: (() => Promise<void>)[] = [];
try {
  const cookies = await signIn(stack.appUrl);
  await benchFirstPanel(`${stack.appUrl}${dashboard}`, cookies);

  const host = await startHost(hostSettings({ port: hostPort, servicePort: ports.app, issuer: stack.issuerUrl, mode: 'production' }));
  stops.push(() => host.close());
  await benchEmbedding(hostUrl, dashboard);
  await benchInteraction(stack.appUrl, cookies);

  const { prometheusUrl } = stack;
  const start = async (args: string[], name: string, options: Parameters<typeof writeConfig>[1]) => {
    const { stop } = await startApp(args, await writeConfig(name, options), options.port);
    stops.push(stop);
  };
  await start(['dist/server.js'], 'server', { port: serverPort, prometheusUrl });
  // Through the process whose limits a measurement does not reach; a session of one port is good for the other.
  await benchPanels(`http://127.0.0.1:${serverPort}`, header(await signIn(stack.appUrl, 'admin')));
  await start(['dist/server.js'], 'exchange', { port: exchangePort });
  const audit = { sink: 'file', file: { path: join(stateDirectory, 'audit-bench', 'audit.jsonl'), keep: 1 }, queries: true };
  await start(['dist/server.js'], 'audit', { port: auditPort, prometheusUrl, audit });
  await start(['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(nextPort)], 'next', { port: nextPort, prometheusUrl });
  stops.push((await startPlainProxy(prometheusUrl)).stop);

  const search = `?${new URLSearchParams({ query }).toString()}`;
  const cookie = header(cookies);
  const throughApp = (name: string, port: number): Target => ({
    name,
    origin: `http://127.0.0.1:${port}`,
    path: `/api/proxy/globaldatasources/prometheus/api/v1/query${search}`,
    headers: { cookie },
  });
  const withoutApp = (name: string, origin: string): Target => ({ name, origin, path: `/api/v1/query${search}`, headers: {} });
  await benchQueryPath(
    withoutApp('Prometheus directly', prometheusUrl),
    withoutApp('plain Node reverse proxy', plainProxyUrl),
    [
      throughApp('production server (npm start)', serverPort),
      throughApp('the same, exchanged token and proxy', exchangePort),
      throughApp('Next route (next start)', nextPort),
    ],
    [1, 10, 50],
  );
  await benchAudit(throughApp('audit off', serverPort), throughApp('audit on', auditPort), [1, 10, 50]);
} finally {
  for (const stop of stops) await stop();
  await stack.stop();
}
