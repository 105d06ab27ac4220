/** `must-gather`: one archive for somebody who helps from afar. */
import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { version } from '../package.json';
import { loadConfig } from '../lib/config/load';
import { ConfigError } from '../lib/config/problems';
import { gather, type Gathered } from '../lib/diagnosis/gather';
import { withConnections } from '../lib/diagnosis/once';
import { readArguments } from './arguments';
import { ownFetch, ownUrl } from './own-app';
import { UsageError, type ExitCode, type Terminal } from './terminal';

export const mustGatherUsage = `odh-observability must-gather [options]

  Writes one archive (tar.gz) to standard output: versions, configuration without secrets, what diagnose finds, health
  and metrics of the running app, its last errors, the list of dashboards, and what the caller may do. README.txt in it says what was
  left out and why. In a pod:
  kubectl exec deployment/odh-observability -- node dist/cli.js must-gather > must-gather.tar.gz
  With the token of an administrator in OBSERVABILITY_TOKEN more can be asked for.

  --url <url>   where the running app answers (default: on this machine, as its configuration says)
`;

const folder = 'odh-observability';

export async function mustGather(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, { url: { type: 'string' } });
  if (positionals.length > 0) throw new UsageError('Nothing else can be named: what is gathered comes from the configuration.');
  const address = addressOf(values.url);
  const { environment, fetch } = terminal;
  const token = environment['OBSERVABILITY_TOKEN'];
  try {
    const config = loadConfig(environment);
    const { port, metricsPort } = config.listen;
    const url = address ?? ownUrl(config.listen, port);
    const metricsUrl = metricsPort === undefined ? url : ownUrl(config.listen, metricsPort);
    const own = ownFetch(config.listen);
    const askApp: typeof fetch = (input, init) => (typeof input === 'string' && address !== undefined && input.startsWith(`${address}/`) ? fetch : own)(input, init);
    const gathered = await withConnections(config, { token, fetch }, (connections) => gather({ config, environment, version, url, metricsUrl, token, ...connections, fetch: askApp, now: () => new Date() }));
    await terminal.write(await archive(gathered));
    terminal.err(`${gathered.files.size} files gathered. Left out:\n${gathered.leftOut.map((line) => `  ${line}`).join('\n')}`);
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    terminal.err(error.message);
    return 2;
  }
}

/** @throws UsageError for an address that is none */
function addressOf(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new UsageError(`--url is "${url}"; expected an http or https address.`);
  return url.replace(/\/+$/, '');
}

async function archive({ files, leftOut }: Gathered): Promise<Uint8Array> {
  const tar = pack();
  const readme = `What was gathered of odh-observability ${version}. Left out:\n\n${leftOut.map((line) => `- ${line}`).join('\n')}\n`;
  for (const [name, text] of [...files, ['README.txt', readme] as const]) tar.entry({ name: `${folder}/${name}` }, text);
  tar.finalize();
  return promisify(gzip)(await buffer(tar));
}
