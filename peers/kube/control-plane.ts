/** A real Kubernetes API: kube-apiserver on etcd, with RBAC, and without nodes or controllers. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import { loopback } from '../../demo/processes/ports';
import type { Supervisor } from '../../demo/processes/supervisor';
import { freePorts } from '../../demo/testing/free-ports';
import { pathOf } from '../support/tools';
import { startTokenWebhook, type TokenOwner } from './token-webhook';

export interface CallOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly token?: string;
  /** Of the body, which is sent as JSON whatever it says: apply patches are YAML, which JSON is. */
  readonly contentType?: string;
}

export interface ControlPlane {
  readonly url: string;
  /** File with the certificates that vouch for it, PEM. */
  readonly caFile: string;
  /** An opaque token for somebody, good until it is revoked. */
  issueToken(owner: TokenOwner): string;
  revokeToken(token: string): void;
  /**
   * One call; a body makes it a POST where `method` says nothing else. By the cluster's administrator where no token is given.
   *
   * @returns status and parsed answer
   */
  call(path: string, options?: CallOptions): Promise<{ status: number; body: unknown }>;
  stop(): Promise<void>;
}

export interface ControlPlaneOptions {
  readonly supervisor: Supervisor;
  /** Its own, for keys and data; must be new. */
  readonly directory: string;
}

const at = (port: number) => `http://${loopback}:${port}`;

async function startEtcd(supervisor: Supervisor, directory: string): Promise<string> {
  const [client = 0, peer = 0] = await freePorts(2);
  await supervisor.start({
    name: 'etcd',
    command: pathOf('etcd'),
    args: [
      `--data-dir=${join(directory, 'etcd')}`,
      `--listen-client-urls=${at(client)}`,
      `--advertise-client-urls=${at(client)}`,
      `--listen-peer-urls=${at(peer)}`,
      `--initial-advertise-peer-urls=${at(peer)}`,
      `--initial-cluster=default=${at(peer)}`,
      // Nothing of it outlives the test.
      '--unsafe-no-fsync',
    ],
    readyUrl: `${at(client)}/health`,
  });
  return at(client);
}

/** Of the API server as a client of the token webhook; a kubeconfig may be JSON. */
function webhookConfig(url: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'webhook', cluster: { server: url } }],
    users: [{ name: 'apiserver' }],
    contexts: [{ name: 'webhook', context: { cluster: 'webhook', user: 'apiserver' } }],
    'current-context': 'webhook',
  });
}

export async function startControlPlane({ supervisor, directory }: ControlPlaneOptions): Promise<ControlPlane> {
  const certificates = join(directory, 'certificates');
  // The server makes its own certificate here: the leaf, and after it the authority that signed it.
  const caFile = join(certificates, 'apiserver.crt');
  const serviceAccountKey = join(directory, 'service-account.key');
  const webhookFile = join(directory, 'webhook.json');
  const webhook = await startTokenWebhook();
  await mkdir(certificates);
  await writeFile(webhookFile, webhookConfig(webhook.url));
  await writeFile(serviceAccountKey, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const [port = 0] = await freePorts(1);
  const url = `https://${loopback}:${port}`;

  const etcd = await startEtcd(supervisor, directory);
  await supervisor.start({
    name: 'kube-apiserver',
    command: pathOf('kubeApiserver'),
    args: [
      `--etcd-servers=${etcd}`,
      `--bind-address=${loopback}`,
      `--secure-port=${port}`,
      `--cert-dir=${certificates}`,
      '--authorization-mode=RBAC',
      `--authentication-token-webhook-config-file=${webhookFile}`,
      '--authentication-token-webhook-version=v1',
      // Ten seconds of a cache above this one remain, which no flag changes.
      '--authentication-token-webhook-cache-ttl=0s',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-signing-key-file=${serviceAccountKey}`,
      `--service-account-key-file=${serviceAccountKey}`,
      '--service-cluster-ip-range=10.0.0.0/24',
      // Nobody reaches it from inside a cluster, and its address on this machine would not be valid there.
      '--endpoint-reconciler-type=none',
    ],
    readyUrl: `${url}/readyz`,
    readyAuthority: () => readFile(caFile, 'utf8'),
  });

  const issueToken = (owner: TokenOwner) => {
    const token = `sha256~${randomBytes(32).toString('base64url')}`;
    webhook.owners.set(token, owner);
    return token;
  };
  const administrator = issueToken({ username: 'cluster-admin', groups: ['system:masters'] });
  const agent = new Agent({ connect: { ca: await readFile(caFile, 'utf8') } });

  return {
    url,
    caFile,
    issueToken,
    revokeToken: (token) => void webhook.owners.delete(token),
    async call(path, { body, method = body === undefined ? 'GET' : 'POST', token = administrator, contentType = 'application/json' } = {}) {
      const response = await fetch(`${url}${path}`, {
        method,
        dispatcher: agent,
        headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    async stop() {
      await agent.close();
      await webhook.close();
    },
  };
}
