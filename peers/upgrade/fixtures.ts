/** The app as a host embeds it, and a later version of it, built from changed sources, that takes its place on the same port. */
import { test as base } from '../../e2e/support/host';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { appConfig } from '../../demo/app/config';
import type { ProviderSettings } from '../../demo/oidc/settings';
import { createSupervisor, type Supervisor } from '../../demo/processes/supervisor';
import { loopback } from '../../demo/processes/ports';
import { ensureSecrets } from '../../demo/secrets';
import { projectRoot } from '../../demo/setup/index.mjs';
import { freePorts } from '../../demo/testing/free-ports';
import { startHost } from '../../e2e/host/server/host';
import { hostSettings } from '../../e2e/support/host-settings';
import { startPrometheus } from '../../lib/query/testing/prometheus';
import { addressOf } from '../support/app';
import { forWorker } from '../support/for-worker';
import { trainingHistory } from '../support/metrics';
import { logsOf } from '../support/tools';

/** What the later version says in place of what this one does, in parts that a page loads when they are first shown. */
const changes = [
  { file: 'components/catalog/DashboardCatalog.tsx', code: '{texts.catalog.intro}', from: 'What your workloads are doing', to: 'What all your workloads are doing' },
  { file: 'components/feedback/ErrorHelp.tsx', code: '{texts.feedback.help.text}', from: 'Name it when you ask for help.', to: 'Name it whenever you ask for help.' },
] as const;

export const [catalogText, helpText] = changes;

/** A preference that only the later version's server knows, and its number. */
const serverChanges = [
  { file: 'lib/contracts/preferences.ts', code: "  tour: z.literal('seen'),\n", to: "  tour: z.literal('seen'),\n  density: z.enum(['compact', 'wide']),\n" },
  { file: 'lib/contracts/preferences.ts', code: '    tour: preferenceValues.tour.nullable(),\n', to: '    tour: preferenceValues.tour.nullable(),\n    density: preferenceValues.density.nullable(),\n' },
] as const;
export const laterVersion = '99.0.0';

/** Versions by what their servers have: this one; the later one with this one's files beside; the later one alone. */
export type Version = 'before' | 'after' | 'afterAlone';

interface Site {
  readonly hostUrl: string;
  readonly appUrl: string;
  readonly issuer: string;
  /** Ends the server that runs and starts that of another version in its place. */
  readonly deploy: (version: Version) => Promise<void>;
  /** Names of the chunks that a version was built to. */
  readonly chunks: Readonly<Record<'before' | 'after', ReadonlySet<string>>>;
}

interface BuildRecord {
  readonly files: readonly string[];
}

const recordFile = 'dist/federation.json';

/** Names of files with a hash of their content, of the newest build and the one before. */
async function readBuilds(root: string): Promise<BuildRecord[]> {
  // Written by scripts/build-federation.mjs.
  return JSON.parse(await readFile(join(root, recordFile), 'utf8')) as BuildRecord[];
}

/** Builds the later version in a folder of its own, as the first one was: by the same script, beside the files of that one. */
async function buildLater(root: string): Promise<void> {
  const isSource = (path: string) => !/\/(?:node_modules|\.next)$/.test(path);
  for (const path of ['federation', 'components', 'lib', 'server', 'cli', 'scripts', 'demo', 'tsconfig.json', 'package.json', 'package-lock.json', 'public', recordFile]) {
    await cp(join(projectRoot, path), join(root, path), { recursive: true, filter: isSource });
  }
  for (const path of ['node_modules', 'federation/node_modules', '.next', 'dashboards']) await symlink(join(projectRoot, path), join(root, path));
  for (const { file, code, to } of [...changes, ...serverChanges]) {
    const source = await readFile(join(root, file), 'utf8');
    if (!source.includes(code)) throw new Error(`${file} no longer says ${code}`);
    await writeFile(join(root, file), source.replace(code, to));
  }
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  await writeFile(join(root, 'package.json'), JSON.stringify({ ...manifest, version: laterVersion }));
  await promisify(execFile)(process.execPath, ['scripts/build-server.mjs'], { cwd: root });
  await promisify(execFile)(process.execPath, ['scripts/build-federation.mjs'], { cwd: root, maxBuffer: 64 * 1024 * 1024 });
}

/** A version as an image has it: without the files of the build before. */
async function copyAlone(from: string, root: string): Promise<void> {
  const [newest] = await readBuilds(from);
  for (const file of newest?.files ?? []) {
    for (const ending of ['', '.br', '.gz']) await cp(join(from, 'public/federation', file + ending), join(root, 'public/federation', file + ending));
  }
  await cp(join(from, 'dist/server.js'), join(root, 'dist/server.js'));
  for (const path of ['node_modules', '.next', 'dashboards']) await symlink(join(projectRoot, path), join(root, path));
}

async function withSite(use: (site: Site) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'odh-upgrade-'));
  const logs = await logsOf('upgrade');
  const never = new AbortController().signal;
  const supervisor = createSupervisor(logs, never);
  let app: Supervisor | undefined;
  const stops = [() => supervisor.stop(), async () => app?.stop()];
  try {
    const roots: Readonly<Record<Version, string>> = { before: projectRoot, after: join(directory, 'after'), afterAlone: join(directory, 'after-alone') };
    await mkdir(roots.after);
    await buildLater(roots.after);
    await copyAlone(roots.after, roots.afterAlone);

    const [port = 0, hostPort = 0, issuerPort = 0] = await freePorts(3);
    const [appUrl, hostUrl, issuer] = [addressOf(port), addressOf(hostPort), addressOf(issuerPort)];
    const { clientSecret, sessionSecret, signingKey } = await ensureSecrets(directory);
    const prometheus = await startPrometheus({ history: trainingHistory(Date.now()) });
    stops.push(() => prometheus.stop());
    const provider: ProviderSettings = { port: issuerPort, issuer, appUrl, clientId: 'odh-observability', clientSecret, hostUrls: [hostUrl], accessTokenSeconds: 300, exchangeAudiences: [], signingKey };
    await writeFile(join(directory, 'oidc.json'), JSON.stringify(provider), { mode: 0o600 });
    await supervisor.start({ name: 'identity-provider', command: process.execPath, args: ['--import', 'tsx', 'demo/oidc/main.ts', join(directory, 'oidc.json')], readyUrl: `${issuer}/.well-known/openid-configuration` });
    const demo = appConfig({ appUrl, host: loopback, port, issuer, clientId: provider.clientId, prometheusUrl: prometheus.url, prometheusAudience: '', auditFile: '', kept: { preferences: join(directory, 'kept', 'preferences'), dashboards: join(directory, 'kept', 'dashboards'), settings: join(directory, 'kept', 'settings.json') } });
    for (const folder of ['preferences', 'dashboards']) await mkdir(join(directory, 'kept', folder), { recursive: true });
    const config = join(directory, 'config.yaml');
    await writeFile(config, stringify({ ...(parse(demo) as object), datasources: [{ name: 'prometheus', default: true, url: prometheus.url }], audit: { sink: 'none' } }));

    const deploy = async (version: Version) => {
      await app?.stop();
      app = createSupervisor(logs, never);
      const env = { NODE_ENV: 'production', OBSERVABILITY_CONFIG: config, OBSERVABILITY_SESSION_SECRET: sessionSecret, OBSERVABILITY_CLIENT_SECRET: clientSecret };
      await app.start({ name: `app-${version}`, command: process.execPath, args: [join(roots[version], 'dist/server.js')], env, readyUrl: `${appUrl}/api/health/ready` });
    };
    await deploy('before');
    const host = await startHost(hostSettings({ port: hostPort, servicePort: port, issuer, mode: 'production' }));
    stops.push(() => host.close());
    const [after, before] = (await readBuilds(roots.after)).map(({ files }) => new Set(files.map((file) => file.slice(file.lastIndexOf('/') + 1))));
    if (after === undefined || before === undefined) throw new Error('the script keeps two builds');
    await use({ hostUrl, appUrl, issuer, deploy, chunks: { before, after } });
  } finally {
    await Promise.allSettled(stops.reverse().map((stop) => stop()));
    await rm(directory, { recursive: true, force: true });
  }
}

export const test = base.extend<object, { site: Site }>({
  site: forWorker(withSite, 900_000),
});

export { expect, signInToHost } from '../../e2e/support/host';
