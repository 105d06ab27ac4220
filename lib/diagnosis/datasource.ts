/** One metrics backend: does it answer, does it accept the credential, and what does it hold. Knows no HTTP. */
import { z } from 'zod';
import type { DatasourceConfig } from '../config/schema';
import { isAppError } from '../errors/app-error';
import { probe } from '../query/lookups';
import type { Caller, Forward } from '../query/upstream';
import { asksAsCaller } from '../tokens/credential';
import type { Exporter } from './exporters';
import type { Finding } from '../contracts/status';
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
  'token-exchange': 'Allow the app\'s client to exchange tokens for the audience of this datasource, and let the backend accept that audience.',
};

function explain(error: unknown, { url, credential }: DatasourceConfig): Pick<Finding, 'found' | 'next'> {
  const reason = reasonOf(error);
  const refused = (isAppError(error) && (error.code === 'ERR_AUTH_003' || error.code === 'ERR_ACCESS_002')) || /upstream answered 40[13]\b/.test(reason);
  if (refused) return { found: `It does not accept the credential "${credential.type}": ${reason}`, next: nextFor[credential.type] };
  if (/CERT|certificate|self.signed/i.test(reason)) return { found: `Its certificate at ${url} is not accepted: ${reason}`, next: 'Name the authority that signed it in `caFile`, and look whether it has expired.' };
  if (/ENOTFOUND|EAI_AGAIN/.test(reason)) return { found: `Nobody knows the host of ${url}: ${reason}`, next: 'Check `url` of this datasource: name of the service, namespace, spelling.' };
  return { found: `It cannot be asked at ${url}: ${reason}`, next: 'Check `url` and port of this datasource, whether its pods run, and the network policies between it and the app.' };
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
