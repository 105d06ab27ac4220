/** One metrics backend: does it answer, does it accept the credential, and what does it hold. Knows no HTTP. */
import { z } from 'zod';
import type { DatasourceConfig } from '../config/schema';
import { isAppError } from '../errors/app-error';
import { probe } from '../query/lookups';
import type { Caller, Forward } from '../query/upstream';
import { asksAsCaller } from '../tokens/credential';
import type { Exporter } from './exporters';
import type { Finding } from '../contracts/status';
import { explainConnection } from './connection';
import { reasonOf } from './reason';

/** Seconds without a new sample after which metrics are old: several times the usual interval of a scrape. */
const stale = 300;
/** How far back a last sample is looked for. */
const lookBack = '1h';

const vectorAnswer = z.object({ data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }) });

/** An instant query that yields one number, or undefined where it yields nothing. */
async function numberOf(forward: Forward, datasource: DatasourceConfig, query: string, caller: Caller): Promise<number | undefined> {
  const { body } = await forward({ datasource, endpoint: 'query', method: 'GET', path: '/api/v1/query', parameters: new URLSearchParams({ query }), gzip: false }, caller);
  const value = vectorAnswer.parse(JSON.parse(Buffer.from(body).toString('utf8'))).data.result[0]?.value[1];
  return value === undefined ? undefined : Number(value);
}

/** @param caller someone who sees everything; without an identity, a backend that wants one is asked only whether it is there */
export async function checkDatasource(forward: Forward, datasource: DatasourceConfig, caller: Caller): Promise<Finding> {
  const subject = `datasource ${datasource.name}`;
  try {
    if (caller.identity === undefined && asksAsCaller(datasource)) {
      await probe(forward, datasource, caller.signal);
      return { subject, state: 'unknown', found: `It answers at ${datasource.url}. Whether it accepts people's tokens can be seen only with one.`, next: 'Ask again with the access token of an administrator in OBSERVABILITY_TOKEN.' };
    }
    await numberOf(forward, datasource, 'vector(1)', caller);
    return { subject, state: 'ok', found: `It answers queries at ${datasource.url} with the credential "${datasource.credential.type}".` };
  } catch (error) {
    return { subject, state: 'problem', affects: datasource.default ? 'every dashboard' : 'dashboards that read it', ...explain(error, datasource) };
  }
}

const nextFor: Readonly<Record<DatasourceConfig['credential']['type'], string>> = {
  none: 'The backend wants a credential: set `credential` of this datasource.',
  'service-account': 'Give the app\'s account the right to read metrics; on OpenShift the role cluster-monitoring-view (rbac.clusterMonitoringView in the chart).',
  'user-token': 'Let the backend accept tokens of your issuer with the audience of this app, or use the credential token-exchange.',
  'token-exchange': 'Let the backend accept the audience that tokens are exchanged for, and the issuer.',
};

function explain(error: unknown, { url, credential }: DatasourceConfig): Pick<Finding, 'found' | 'next'> {
  const reason = reasonOf(error);
  const refused = (isAppError(error) && (error.code === 'ERR_AUTH_003' || error.code === 'ERR_ACCESS_002')) || /upstream answered 40[13]\b/.test(reason);
  if (credential.type === 'token-exchange' && reason.startsWith('identity provider:')) {
    const asClient = /invalid_client|unauthorized_client/.test(reason);
    const next = asClient ? 'Check `identity.clientId` and OBSERVABILITY_CLIENT_SECRET, and allow that client the grant of token exchange.' : 'Allow the app\'s client to exchange tokens for the audience of this datasource.';
    return { found: `The identity provider exchanges no token for it: ${reason}`, next };
  }
  if (refused) return { found: `It does not accept the credential "${credential.type}": ${reason}`, next: nextFor[credential.type] };
  if (credential.type === 'service-account' && reason.includes(credential.tokenFile)) {
    return { found: `The app has no token to ask it with: ${reason}`, next: 'Check `credential.tokenFile` of this datasource, and whether the token of the app\'s account is mounted there.' };
  }
  if (/upstream answered (?:404|405|501)\b|the answer is |not valid JSON/.test(reason) || error instanceof z.ZodError) {
    return { found: `What answers at ${url} is no API of Prometheus: ${reason}`, next: 'Check `url` of this datasource: port and path. It is what comes before /api/v1.' };
  }
  return explainConnection(reason, { url, setting: '`url` of this datasource', authority: '`caFile` of this datasource' });
}

/** Whether an exporter's metrics are there and new; `caller` sees everything. */
export async function checkExporter(forward: Forward, datasource: DatasourceConfig, { name, metric, needs, next }: Exporter, caller: Caller): Promise<Finding> {
  const subject = `metrics of ${name}`;
  try {
    const newest = `timestamp({__name__="${metric}"})`;
    const ageNow = await numberOf(forward, datasource, `time() - max(${newest})`, caller);
    // Reads an hour of every series, so it is asked only where there is nothing new.
    const age = ageNow ?? (await numberOf(forward, datasource, `time() - max(max_over_time(${newest}[${lookBack}:1m]))`, caller));
    if (age === undefined) return { subject, state: 'missing', found: `There were none within ${lookBack} (${metric}); ${needs} stay empty.`, next, affects: needs };
    if (age > stale) return { subject, state: 'problem', found: `The newest is ${Math.round(age / 60)} minutes old (${metric}).`, next: 'Look at the targets of Prometheus: the exporter ended, or its scrape fails.', affects: needs };
    return { subject, state: 'ok', found: `The newest is ${Math.max(0, Math.round(age))} s old (${metric}).` };
  } catch (error) {
    return { subject, state: 'unknown', found: `It could not be asked for (${metric}): ${reasonOf(error)}` };
  }
}
