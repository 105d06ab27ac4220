/** The app from the image's tree, with the environment and the mounts of the chart's Deployment and nothing else. */
import { expect, test as base } from '@playwright/test';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { buffer, text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Agent, fetch, type RequestInit } from 'undici';
import { z } from 'zod';
import { createSupervisor } from '../../demo/processes/supervisor';
import { projectRoot } from '../../demo/setup/index.mjs';
import { signedToken } from '../../lib/identity/testing/forge';
import { client, startProvider } from '../../lib/identity/testing/provider';
import { startPrometheus } from '../../lib/query/testing/prometheus';
import { only, template } from '../helm/chart';
import { forWorker } from '../support/for-worker';
import { trainingHistory } from '../support/metrics';
import { logsOf, whyMissing } from '../support/tools';
import { arbitraryUser, containerCommand, whyNoContainer } from './container';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What a command of the image left behind. */
export interface Finished {
  readonly code: number | null;
  readonly out: Buffer;
  readonly err: string;
}

export interface Site {
  /** Of pages and API. */
  readonly url: string;
  /** Of the app's own metrics. */
  readonly metricsUrl: string;
  /** File with the authority of its certificate. */
  readonly caFile: string;
  /** What the image holds. */
  readonly tree: string;
  readonly logFile: string;
  /** Where people sign in, with their subject as `login_hint`. */
  readonly issuer: string;
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  send(method: 'POST' | 'PUT', url: string, headers: Readonly<Record<string, string>>, body: unknown): Promise<Answer>;
  /** Runs a command of `dist/cli.js` as `kubectl exec` does: in a pod of the same image, mounts and environment. */
  run(args: readonly string[], input?: Buffer): Promise<Finished>;
  /** Claims of those who may sign in, by subject. */
  readonly users: Map<string, Readonly<Record<string, unknown>>>;
  /** Access token of somebody who may see projects. */
  tokenFor(subject: string, claims: Readonly<Record<string, unknown>>): string;
  /** Replaces certificate and key where the Secret is mounted. */
  renewCertificate(): Promise<void>;
}

const audience = 'odh-observability-api';

const container = z.looseObject({
  env: z.array(z.object({ name: z.string(), value: z.string().optional(), valueFrom: z.object({ secretKeyRef: z.object({ key: z.string(), optional: z.boolean().optional() }) }).optional() })),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().optional() })),
});
const deployment = z.looseObject({ spec: z.looseObject({ template: z.looseObject({ spec: z.looseObject({ containers: z.tuple([container]) }) }) }) });
const configMap = z.looseObject({ data: z.record(z.string(), z.string()) });

/** An authority, and a certificate of it for this machine; in `directory`, as a Secret of the kind kubernetes.io/tls has them. */
function issueCertificate(directory: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...key, '-days', '2', '-subj', '/CN=peers authority', '-keyout', 'ca.key', '-out', 'ca.crt');
  renewLeaf(directory);
}

function renewLeaf(directory: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  execFileSync(
    'openssl',
    ['req', '-x509', ...key, '-days', '1', '-subj', '/CN=odh-observability', '-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=critical,CA:FALSE', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-keyout', 'tls.key', '-out', 'tls.crt'],
    { cwd: directory, stdio: 'ignore' },
  );
  // Kubernetes lets the pod's group read them.
  execFileSync('chmod', ['644', 'tls.key'], { cwd: directory });
}

async function withSite(use: (site: Site) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'odh-image-'));
  const logs = await logsOf('image');
  const supervisor = createSupervisor(logs, new AbortController().signal);
  const stops = [() => supervisor.stop()];
  try {
    const url = 'https://127.0.0.1:8443';
    const provider = await startProvider({ publicUrl: url, accessTokenSeconds: 300, claimsInIdToken: true });
    stops.push(() => provider.close());
    const prometheus = await startPrometheus({ history: trainingHistory(Date.now()) });
    stops.push(() => prometheus.stop());

    const objects = await template({
      profiles: [],
      values: {
        tls: { source: 'secret', secretName: 'given' },
        federation: false,
        replicas: 1,
        ownDashboards: { claimName: 'claimed' },
        config: {
          publicUrl: url,
          identity: { issuer: provider.issuer, clientId: client.id, bearer: { audiences: [audience] } },
          access: { provider: 'claims', claims: { administrators: ['admins'] } },
          datasources: [{ name: 'prometheus', default: true, url: prometheus.url }],
        },
      },
    });
    const pod = only(objects, 'Deployment', deployment).spec.template.spec.containers[0];
    const folders = Object.fromEntries(await Promise.all(['root', 'command', 'config', 'tls', 'own-dashboards'].map(async (name) => [name, await mkdir(join(directory, name), { recursive: true }).then(() => join(directory, name))] as const)));
    const { root = '', command = '', tls = '', config = '', 'own-dashboards': volume = '' } = folders;
    await writeFile(join(config, 'config.yaml'), only(objects, 'ConfigMap', configMap).data['config.yaml'] ?? '');
    issueCertificate(tls);
    const tree = join(directory, 'image');
    await promisify(execFile)(process.execPath, ['scripts/image-tree.mjs', tree], { cwd: projectRoot });
    // `mkdtemp` lets only its owner in.
    await promisify(execFile)('chmod', ['-R', 'go+rX,go-w', directory]);
    // As Kubernetes gives a volume to the pod's group.
    await chown(volume, arbitraryUser, 0);

    const secrets: Record<string, string> = { OBSERVABILITY_SESSION_SECRET: 's'.repeat(32), OBSERVABILITY_CLIENT_SECRET: client.secret };
    const environment = Object.fromEntries(pod.env.map(({ name, value, valueFrom }) => [name, value ?? secrets[valueFrom?.secretKeyRef.key ?? ''] ?? ''] as const).filter(([, value]) => value !== ''));
    const mounted = (readOnly: boolean) =>
      Object.fromEntries(
        pod.volumeMounts
          .filter((mount) => (mount.readOnly ?? false) === readOnly)
          .map(({ name, mountPath }) => {
            const folder = folders[name];
            if (folder === undefined) throw new Error(`the chart mounts ${name}, which this test does not know`);
            return [mountPath, folder];
          }),
      );
    const image = { mounts: { '/app': tree, ...mounted(true) }, volumes: mounted(false), workingDirectory: '/app', environment: { ...environment, NODE_ENV: 'production' } };
    const caFile = join(tls, 'ca.crt');
    const ca = await readFile(caFile, 'utf8');
    await supervisor.start({
      name: 'app',
      ...containerCommand({ ...image, root, args: ['dist/server.js'] }),
      readyUrl: `${url}/api/health/ready`,
      readyAuthority: () => Promise.resolve(ca),
    });
    // A connection for each request: one that exists keeps its certificate.
    const agent = new Agent({ connect: { ca }, pipelining: 0 });
    stops.push(() => agent.close());

    const ask = async (address: string, init: RequestInit): Promise<Answer> => {
      const response = await fetch(address, { ...init, dispatcher: agent, redirect: 'manual' });
      return { status: response.status, headers: new Headers([...response.headers]), text: await response.text() };
    };

    await use({
      url,
      metricsUrl: 'https://127.0.0.1:8444',
      caFile,
      tree,
      logFile: join(logs, 'app.log'),
      issuer: provider.issuer,
      users: provider.users,
      get: (address, headers = {}) => ask(address, { headers }),
      send: (method, address, headers, body) => ask(address, { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      run: async (args, input) => {
        const { command: program, args: all } = containerCommand({ ...image, root: command, args: ['dist/cli.js', ...args] });
        const child = spawn(program, all);
        const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
        child.stdin.end(input);
        const [out, err, code] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
        return { code, out, err };
      },
      tokenFor: (subject, claims) => {
        const { kid, privateKey } = provider.signingKey();
        const time = Math.floor(Date.now() / 1000);
        return signedToken({ alg: 'RS256', typ: 'at+jwt', kid }, { iss: provider.issuer, aud: audience, sub: subject, iat: time, exp: time + 300, ...claims }, privateKey);
      },
      renewCertificate: () => {
        renewLeaf(tls);
        return Promise.resolve();
      },
    });
  } finally {
    await Promise.allSettled(stops.reverse().map((stop) => stop()));
    await rm(directory, { recursive: true, force: true });
  }
}

export const test = base.extend<object, { site: Site }>({
  site: forWorker(withSite, 300_000),
});

const missing = whyMissing('helm') ?? whyNoContainer();
test.skip(missing !== undefined, missing);

export { expect };
