/**
 * Checks everything behind the app, for whoever runs it: each finding says what was asked, what came back and what to do
 * next. For administrators only, because it names addresses and reasons. Knows no terminal.
 */
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '../config/schema';
import { wellKnownUrl } from '../identity/oidc-client';
import type { Identity } from '../identity/identity';
import type { Kubernetes } from '../kubernetes/client';
import type { Redis } from '../redis/connection';
import type { Caller, Forward } from '../query/upstream';
import { checkDatasource, checkExporter } from './datasource';
import { exporters } from './exporters';
import type { Finding } from '../contracts/status';
import { explainConnection } from './connection';
import { reasonOf } from './reason';
import { checkRedis } from './redis';

export interface DiagnosisDependencies {
  readonly config: Pick<Config, 'access' | 'datasources' | 'identity' | 'kubernetes' | 'listen' | 'redis'>;
  readonly forward: Forward;
  readonly kubernetes: AskedKubernetes | undefined;
  readonly redis: Pick<Redis, 'check'> | undefined;
  readonly readFile: (path: string) => Promise<string>;
  readonly fetch: typeof fetch;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

type AskedKubernetes = Pick<Kubernetes, 'check' | 'listNamespaces'>;

/** @param identity someone who sees everything; undefined where there is none: a shell, a pod */
export type Diagnose = (identity: Identity | undefined) => Promise<Finding[]>;

/** People look for them beside metrics. Nothing here needs them, so nothing is affected. */
const tracesAndLogs: Finding = {
  subject: 'traces and logs',
  state: 'missing',
  found: 'Dashboards here show metrics only: neither Tempo nor Loki is asked.',
  next: 'Look at traces and logs in the cluster\'s console, where the operators of Tempo and Loki show them.',
};

/** For each check; in milliseconds. */
export const checkTimeout = 10_000;
const day = 86_400_000;
/** Certificates are renewed long before this. */
const renewalOverdue = 7 * day;

export function createDiagnosis({ config, forward, kubernetes, redis, readFile, fetch: send, now }: DiagnosisDependencies): Diagnose {
  const { datasources, identity: provider, listen } = config;

  async function checkMetrics(identity: Identity | undefined): Promise<Finding[]> {
    const asCaller = (): Caller => ({ identity, signal: AbortSignal.timeout(checkTimeout) });
    const backends = await Promise.all(datasources.map(async (datasource) => ({ datasource, finding: await checkDatasource(forward, datasource, asCaller()) })));
    const main = backends.find(({ datasource }) => datasource.default);
    const contents = main?.finding.state === 'ok' ? await Promise.all(exporters.map((exporter) => checkExporter(forward, main.datasource, exporter, asCaller()))) : [];
    return [...backends.map(({ finding }) => finding), ...contents];
  }

  return async (identity) => {
    const parts = await Promise.all([
      checkMetrics(identity),
      kubernetes === undefined ? [] : checkKubernetes(kubernetes, config),
      redis === undefined || config.redis === undefined ? [] : checkRedis(redis, config.redis),
      checkIssuer(provider.issuer, send),
      listen.tls === undefined ? [] : checkCertificate(listen.tls.certFile, readFile, now()),
    ]);
    return [...parts.flat(), tracesAndLogs];
  };
}

async function checkKubernetes({ check, listNamespaces }: AskedKubernetes, { access, kubernetes }: Pick<Config, 'access' | 'kubernetes'>): Promise<Finding> {
  const subject = 'Kubernetes API';
  const affects = 'who may see which project, and dashboards that are kept there';
  try {
    await check(AbortSignal.timeout(checkTimeout));
  } catch (error) {
    const asked = { url: kubernetes?.url ?? '', setting: '`kubernetes.url`', authority: '`kubernetes.caFile`' };
    return { subject, state: 'problem', affects, ...explainConnection(reasonOf(error), asked) };
  }
  if (access.provider !== 'kubernetes') return { subject, state: 'ok', found: 'It answers.' };
  try {
    const { labelSelector } = access.kubernetes;
    const { length } = await listNamespaces(labelSelector, AbortSignal.timeout(checkTimeout));
    if (length > 0) return { subject, state: 'ok', found: `It answers, and lists ${length} namespaces with ${labelSelector} to the app's account.` };
    return { subject, state: 'problem', affects: 'who may see which project', found: `It answers, and no namespace has ${labelSelector}: nobody sees a project.`, next: 'Check `access.kubernetes.labelSelector`, and the labels of the projects\' namespaces.' };
  } catch (error) {
    return { subject, state: 'problem', affects: 'who may see which project', found: `It answers, and does not list namespaces to the app's account: ${reasonOf(error)}`, next: 'Give the account the ClusterRole of the chart, and check `kubernetes.tokenFile`.' };
  }
}

class UnexpectedAnswer extends Error {}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

async function checkIssuer(issuer: string, send: typeof fetch): Promise<Finding> {
  const subject = 'identity provider';
  const affects = 'signing in';
  const read = async (url: string): Promise<unknown> => {
    const response = await send(url, { signal: AbortSignal.timeout(checkTimeout), cache: 'no-store', redirect: 'error' });
    if (!response.ok) throw new UnexpectedAnswer(`${url} answers ${response.status}`);
    return response.json();
  };
  try {
    const document = discovery.safeParse(await read(wellKnownUrl(issuer)));
    if (!document.success) {
      return { subject, state: 'problem', affects, found: `What answers at ${wellKnownUrl(issuer)} is no discovery document of OpenID Connect.`, next: 'Check `identity.issuer`: with Keycloak it ends in /realms/<name>.' };
    }
    if (document.data.issuer.replace(/\/$/, '') !== issuer) {
      return { subject, state: 'problem', affects, found: `It calls itself ${document.data.issuer}, and the configuration ${issuer}: no token will be accepted.`, next: 'Write `identity.issuer` exactly as the provider does.' };
    }
    await read(document.data.jwks_uri);
    return { subject, state: 'ok', found: `It answers at ${issuer}, and publishes its keys.` };
  } catch (error) {
    const reason = reasonOf(error);
    const answered = error instanceof UnexpectedAnswer || error instanceof SyntaxError;
    if (answered) return { subject, state: 'problem', affects, found: `It does not answer as a provider does: ${reason}`, next: 'Check `identity.issuer`, with Keycloak the name of the realm, and whether the provider is well.' };
    return { subject, state: 'problem', affects, ...explainConnection(reason, { url: issuer, setting: '`identity.issuer`', authority: 'the ConfigMap of the chart\'s `trustedCA`, or in NODE_EXTRA_CA_CERTS' }) };
  }
}

async function checkCertificate(certFile: string, readFile: (path: string) => Promise<string>, now: number): Promise<Finding> {
  const subject = 'certificate of the app';
  const affects = 'the connection to this app';
  try {
    const expires = Date.parse(new X509Certificate(await readFile(certFile)).validTo);
    const until = new Date(expires).toISOString().slice(0, 10);
    if (expires <= now) return { subject, state: 'problem', affects, found: `It expired on ${until}.`, next: 'Renew it where it comes from (cert-manager, the service CA, your secret); the app takes the new one within ten seconds.' };
    if (expires - now < renewalOverdue) return { subject, state: 'problem', affects, found: `It expires on ${until}, and was not renewed.`, next: 'Look at what should renew it: the Certificate resource of cert-manager, or the annotation of the service on OpenShift.' };
    return { subject, state: 'ok', found: `It is valid until ${until}.` };
  } catch (error) {
    return { subject, state: 'problem', affects, found: `It cannot be read: ${reasonOf(error)}`, next: 'Check `listen.tls.certFile`.' };
  }
}
