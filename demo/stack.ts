/**
 * The whole demo: workload exporter, identity provider, Prometheus with its door, and app, started in order and ended together. What each
 * of them does is in its own folder.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appConfig } from './app/config';
import { exporters } from './exporters/exporters';
import { databaseIn, ensureHistory } from './history/write';
import type { ProviderSettings } from './oidc/settings';
import type { PartSpec } from './processes/part';
import { loopback, requireFreePorts } from './processes/ports';
import { lockState } from './processes/state-lock';
import { createSupervisor } from './processes/supervisor';
import { prometheusConfig } from './prometheus/config';
import { readRules, ruleFile } from './prometheus/rules';
import { requirePrometheus } from './prometheus/running';
import { ensureSecrets, type Secrets } from './secrets';
import { healthPath } from './prometheus-proxy/proxy';
import type { ProxySettings } from './prometheus-proxy/settings';
import type { Settings } from './settings';
import { ensureBuild, ensurePrometheus, projectRoot, type Steps } from './setup/index.mjs';

export interface StackOptions {
  readonly settings: Settings;
  readonly steps: Steps;
  /** Aborted when a person wants the demo to end. */
  readonly signal: AbortSignal;
}

export interface Stack {
  readonly appUrl: string;
  /** Prometheus itself, which asks nobody for a token. */
  readonly prometheusUrl: string;
  readonly issuerUrl: string;
  /** Aborted when the given signal is, or with a SetupError when a part ended by itself. Then `stop` is what is left to do. */
  readonly signal: AbortSignal;
  stop(): Promise<void>;
}

/** History of everything when the demo starts: a day, and a little more for those who look at exactly a day. */
const historyHours = 25;

/** The rules that the product ships. */
const rulesDirectory = join(projectRoot, 'alerts');

const clientId = 'odh-observability';

/** Prometheus, as the identity provider knows it. */
const prometheusAudience = 'prometheus';

/** Everything that follows from the settings: addresses and files. */
function layoutOf({ stateDirectory, ports, prometheusUrl }: Settings) {
  const at = (port: number) => `http://${loopback}:${port}`;
  return {
    appUrl: at(ports.app),
    issuerUrl: at(ports.oidc),
    exporterUrl: at(ports.exporter),
    prometheusUrl: prometheusUrl ?? at(ports.prometheus),
    prometheusProxyUrl: at(ports.prometheusProxy),
    logDirectory: join(stateDirectory, 'logs'),
    prometheusDirectory: join(stateDirectory, 'prometheus'),
    prometheusFile: join(stateDirectory, 'prometheus.yml'),
    rulesFile: join(stateDirectory, 'rules.yml'),
    providerFile: join(stateDirectory, 'oidc.json'),
    proxyFile: join(stateDirectory, 'prometheus-proxy.json'),
    appFile: join(stateDirectory, 'config.yaml'),
    auditFile: join(stateDirectory, 'audit', 'audit.jsonl'),
    kept: { preferences: join(stateDirectory, 'preferences'), dashboards: join(stateDirectory, 'dashboards'), settings: join(stateDirectory, 'settings.json') },
  };
}

type Layout = ReturnType<typeof layoutOf>;

async function writeConfiguration({ ports, accessTokenSeconds, hostUrls, ...settings }: Settings, layout: Layout, { clientSecret, signingKey }: Secrets): Promise<void> {
  const { appUrl, issuerUrl: issuer, prometheusUrl, prometheusProxyUrl, auditFile } = layout;
  const provider: ProviderSettings = { port: ports.oidc, issuer, appUrl, clientId, clientSecret, hostUrls, accessTokenSeconds, exchangeAudiences: [prometheusAudience], signingKey };
  const proxy: ProxySettings = { port: ports.prometheusProxy, issuer, audience: prometheusAudience, prometheusUrl };
  const addresses = { exporter: new URL(layout.exporterUrl).host, app: new URL(appUrl).host };
  await Promise.all([
    writeFile(layout.providerFile, JSON.stringify(provider), { mode: 0o600 }),
    writeFile(layout.appFile, appConfig({ appUrl, host: loopback, port: ports.app, issuer, clientId, prometheusUrl: prometheusProxyUrl, prometheusAudience, auditFile, kept: settings.preferences === 'server' ? layout.kept : undefined })),
    writeFile(layout.proxyFile, JSON.stringify(proxy)),
    writeFile(layout.prometheusFile, prometheusConfig(exporters, addresses, [layout.rulesFile])),
    writeFile(layout.rulesFile, ruleFile(await readRules(rulesDirectory))),
  ]);
}

/** A part that is TypeScript of the demo. */
function script(name: string, file: string, argument: string, readyUrl: string): PartSpec {
  return { name, command: process.execPath, args: ['--import', 'tsx', file, argument], readyUrl };
}

function prometheusPart(command: string, { prometheusUrl, prometheusDirectory, prometheusFile }: Layout): PartSpec {
  const args = [
    `--config.file=${prometheusFile}`,
    `--storage.tsdb.path=${databaseIn(prometheusDirectory)}`,
    // What is recorded goes back for 90 days.
    '--storage.tsdb.retention.time=95d',
    `--web.listen-address=${new URL(prometheusUrl).host}`,
  ];
  return { name: 'prometheus', command, args, readyUrl: `${prometheusUrl}/-/ready` };
}

function appPart({ appUrl, appFile }: Layout, { sessionSecret, clientSecret }: Secrets): PartSpec {
  const env = {
    NODE_ENV: 'production',
    OBSERVABILITY_CONFIG: appFile,
    OBSERVABILITY_SESSION_SECRET: sessionSecret,
    OBSERVABILITY_CLIENT_SECRET: clientSecret,
  };
  return { name: 'app', command: process.execPath, args: ['dist/server.js'], env, readyUrl: `${appUrl}/api/health/ready` };
}

/**
 * Makes what is missing and starts everything.
 *
 * @throws SetupError when something cannot be made or started; nothing is left running then
 */
export async function startStack({ settings, steps, signal: outer }: StackOptions): Promise<Stack> {
  const { stateDirectory, ports } = settings;
  const ownPrometheus = settings.prometheusUrl === undefined;
  const layout = layoutOf(settings);
  const { appUrl, issuerUrl, prometheusUrl, logDirectory } = layout;

  await mkdir(logDirectory, { recursive: true });
  const unlock = await lockState(stateDirectory);
  const supervisor = createSupervisor(logDirectory, outer);
  const { signal } = supervisor;
  const stop = async () => {
    await supervisor.stop();
    await unlock();
  };

  try {
    await requireFreePorts([
      { part: 'the app', port: ports.app, variable: 'DEMO_APP_PORT' },
      { part: 'the identity provider', port: ports.oidc, variable: 'DEMO_OIDC_PORT' },
      { part: 'the workload exporter', port: ports.exporter, variable: 'DEMO_EXPORTER_PORT' },
      { part: 'the proxy in front of Prometheus', port: ports.prometheusProxy, variable: 'DEMO_PROMETHEUS_PROXY_PORT' },
      ...(ownPrometheus ? [{ part: 'Prometheus', port: ports.prometheus, variable: 'DEMO_PROMETHEUS_PORT' }] : []),
    ]);
    const tools = ownPrometheus ? await ensurePrometheus({ steps, signal }) : undefined;
    if (!ownPrometheus) await requirePrometheus(prometheusUrl);
    await ensureBuild({ steps, signal });
    const secrets = await ensureSecrets(stateDirectory);
    await writeConfiguration(settings, layout, secrets);

    await steps.run('Starting the workload exporter and the identity provider', () =>
      Promise.all([
        supervisor.start(script('workload-exporter', 'demo/exporters/main.ts', String(ports.exporter), `${layout.exporterUrl}/healthy`)),
        supervisor.start(script('identity-provider', 'demo/oidc/main.ts', layout.providerFile, `${issuerUrl}/.well-known/openid-configuration`)),
      ]),
    );
    if (tools !== undefined) {
      // Last thing before Prometheus scrapes: what is live follows what is written.
      await steps.run(`Writing the history of the last ${historyHours} hours, and of 90 days for trends`, (report) =>
        ensureHistory({ directory: layout.prometheusDirectory, ...tools, rules: rulesDirectory, hours: historyHours, signal, report }),
      );
      await steps.run('Starting Prometheus', () => supervisor.start(prometheusPart(tools.prometheus, layout)));
    }
    await steps.run('Starting the proxy in front of Prometheus', () =>
      supervisor.start(script('prometheus-proxy', 'demo/prometheus-proxy/main.ts', layout.proxyFile, `${layout.prometheusProxyUrl}${healthPath}`)),
    );
    await steps.run('Starting the app', () => supervisor.start(appPart(layout, secrets)));
    if (tools === undefined) {
      steps.print(`Prometheus at ${prometheusUrl} gets no history, and live metrics only with the scrape_configs of ${layout.prometheusFile}.`);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { appUrl, prometheusUrl, issuerUrl, signal, stop };
}
