/**
 * What somebody who helps from afar wants to see, as texts by file name. No secret is among them: the configuration's file
 * holds none by its schema, the environment is told by names only, and no token, cookie or metric of a project is asked for.
 */
import { configSchema, type Config } from '../config/schema';
import type { Finding } from '../contracts/status';
import { checkTimeout } from './diagnose';
import { reasonOf } from './reason';

export interface GatherOptions {
  readonly config: Config;
  /** Names of the variables that are set matter, their values do not. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Where the running app answers, and where its own metrics do; without a slash at the end. */
  readonly url: string;
  readonly metricsUrl: string;
  /** Access token of an administrator, where there is one. */
  readonly token: string | undefined;
  readonly diagnose: () => Promise<Finding[]>;
  /** What the holder of a token may do in a namespace (`SelfSubjectRulesReview`); undefined without Kubernetes. */
  readonly rulesOf: ((token: string, namespace: string) => Promise<unknown>) | undefined;
  readonly fetch: typeof fetch;
  readonly now: () => Date;
}

export interface Gathered {
  readonly files: ReadonlyMap<string, string>;
  /** What is not there, each with the reason. */
  readonly leftOut: readonly string[];
}

/** Left out on purpose, whatever can be reached. */
const neverGathered = [
  'Secrets (client, session, audit key): only whether their variables are set.',
  'The log but for its last warnings and errors: it is on standard output, which the pod does not keep. `kubectl logs deployment/odh-observability --all-containers --since=1h` has it.',
  'Audit records: they say who looked at what, and are for auditors.',
  'Metrics of projects, and contents of dashboards: they are their owners’.',
];

class LeftOut extends Error {}

export async function gather({ config, environment, version, url, metricsUrl, token, diagnose, rulesOf, fetch: send, now }: GatherOptions): Promise<Gathered> {
  const read = async (address: string, headers: Readonly<Record<string, string>> = {}): Promise<string> => {
    const response = await send(address, { headers, signal: AbortSignal.timeout(checkTimeout), redirect: 'error' });
    const text = await response.text();
    // Readiness answers 503 with what is missing.
    if (!response.ok && response.status !== 503) throw new LeftOut(`${address} answers ${response.status}`);
    return text;
  };
  const withToken = <Result>(what: (token: string) => Result): Result => {
    if (token === undefined || token === '') throw new LeftOut('it needs the access token of an administrator in OBSERVABILITY_TOKEN');
    return what(token);
  };

  const parts: Readonly<Record<string, () => Promise<string>>> = {
    'versions.json': () => Promise.resolve(json({ app: version, node: process.version, platform: `${process.platform} ${process.arch}`, gathered: now().toISOString() })),
    'configuration.json': () => Promise.resolve(json(configurationFile(config))),
    'environment.json': () => Promise.resolve(json(Object.keys(environment).filter((name) => /^(?:OBSERVABILITY|NODE|KUBERNETES)_/.test(name)).sort())),
    'diagnosis.json': async () => json(await diagnose()),
    'health.json': () => read(`${url}/api/health/ready`),
    'metrics.txt': () => read(`${metricsUrl}/metrics`),
    'dashboards.json': () => withToken((bearer) => read(`${url}/api/v1/dashboards?metadata_only=true`, { authorization: `Bearer ${bearer}` })),
    'errors.json': () => withToken((bearer) => read(`${url}/api/recent-errors`, { authorization: `Bearer ${bearer}` })),
    'rights.json': async () => {
      if (rulesOf === undefined) throw new LeftOut('no Kubernetes API is configured');
      return json(await withToken((bearer) => rulesOf(bearer, config.platformProject)));
    },
  };

  const files = new Map<string, string>();
  const missing: string[] = [];
  await Promise.all(
    Object.entries(parts).map(async ([name, part]) => {
      try {
        files.set(name, await part());
      } catch (error) {
        missing.push(`${name}: ${error instanceof LeftOut ? error.message : reasonOf(error)}.`);
      }
    }),
  );
  return { files, leftOut: [...missing.sort(), ...neverGathered] };
}

/** What the file holds, with defaults. By its schema's keys, so that what is added to it from elsewhere stays out. */
function configurationFile(config: Config): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.keys(configSchema.shape).map((key) => [key, Reflect.get(config, key)]));
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
