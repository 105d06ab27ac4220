/** Questions to what is behind the app without a running app: connections of its own, closed afterwards. Puts parts together, like lib/runtime. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Config } from '../config/schema';
import type { Identity } from '../identity/identity';
import { createOidcClient, providerTimeout } from '../identity/oidc-client';
import { createKubernetes } from '../kubernetes/client';
import { createUpstream } from '../query/upstream';
import { createRedis } from '../redis/connection';
import { createLogger } from '../telemetry/logger';
import { createMetrics } from '../telemetry/metrics';
import { createCredential } from '../tokens/credential';
import { createTokenExchange } from '../tokens/token-exchange';
import { checkTimeout, createDiagnosis } from './diagnose';
import type { Finding } from '../contracts/status';

export interface ConnectionOptions {
  /** Access token of somebody who sees everything. Only backends that are asked as the caller get it. */
  readonly token: string | undefined;
  readonly fetch: typeof fetch;
}

export interface Connections {
  readonly diagnose: () => Promise<Finding[]>;
  /** What the holder of a token may do in a namespace; undefined without Kubernetes. */
  readonly rulesOf: ((token: string, namespace: string) => Promise<unknown>) | undefined;
}

/** @throws ConfigError when a file that the configuration names cannot be read */
export async function withConnections<Result>(config: Config, { token, fetch }: ConnectionOptions, use: (connections: Connections) => Promise<Result>): Promise<Result> {
  const now = (): number => Date.now();
  const exchange = createTokenExchange({ client: createOidcClient(config), now, timeout: providerTimeout });
  const credential = createCredential({ exchange, readFile: (path) => readFile(path, 'utf8'), now });
  const kubernetes = config.kubernetes === undefined ? undefined : createKubernetes(config.kubernetes);
  const metrics = createMetrics('diagnose');
  // What it logs is in the finding.
  const log = createLogger('error', { write: () => undefined });
  const redis = config.redis === undefined ? undefined : createRedis(config.redis, config.redisPassword, { log, metrics, readFile: (path) => readFileSync(path, 'utf8') });
  const upstream = createUpstream({ ...config, metrics, credential, readFile: (path) => readFileSync(path, 'utf8'), now: () => performance.now() });
  try {
    const diagnose = createDiagnosis({ config, forward: upstream.forward, kubernetes, redis, readFile: (path) => readFile(path, 'utf8'), fetch, now });
    return await use({
      diagnose: () => diagnose(holderOf(token)),
      rulesOf: kubernetes === undefined ? undefined : (holder, namespace) => kubernetes.rulesOf(holder, namespace, AbortSignal.timeout(checkTimeout)),
    });
  } finally {
    redis?.close();
    await Promise.all([upstream.close(), kubernetes?.close()]);
  }
}

function holderOf(token: string | undefined): Identity | undefined {
  return token === undefined || token === '' ? undefined : { subject: 'diagnose', name: 'diagnose', claims: {}, token, expiresAt: Number.POSITIVE_INFINITY };
}
