/**
 * The configuration's schema: every key, its meaning, its default. docs/configuration.md is generated from it.
 *
 * Knows no file and no environment; `load.ts` reads them.
 */
import { z } from 'zod';
import { durationMilliseconds, kubernetesName } from '../contracts/notation';

/** A duration written as Prometheus writes it (`30s`, `5m`, `1h30m`), parsed to milliseconds. */
function duration(example: string) {
  const expected = `expected a duration such as "${example}" (units ms, s, m, h, d, w)`;
  return z
    .string(expected)
    .regex(/^(?:\d+(?:ms|[smhdw]))+$/, expected)
    .meta({ title: 'duration' })
    .transform(durationMilliseconds)
    .refine((milliseconds) => milliseconds > 0, 'expected a duration above zero');
}

/** An address, parsed to one without a slash at its end. The example is for the reference page. */
function httpUrl(example: string) {
  // On the inner schema, because zod drops the examples of a transformation: they could be of its result.
  return z
    .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
    .meta({ title: 'URL', examples: [example] })
    .transform((text) => text.replace(/\/+$/, ''));
}

const resourceName = z.string().regex(kubernetesName, 'expected a Kubernetes name: lower-case letters, digits and "-"');
const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'expected a Prometheus label name');
const positive = z.int().positive();

const listen = z
  .strictObject({
    host: z.string().min(1).default('0.0.0.0').describe('Address to listen on.'),
    port: z.int().min(0).max(65_535).default(3000).describe('Port to listen on.'),
  })
  .describe('Where the server listens.');

const identity = z
  .strictObject({
    issuer: httpUrl('https://sso.example.com/realms/openshift').describe(
      'Issuer URL of the OpenID Connect provider; its discovery document is read from below it.',
    ),
    clientId: z.string().min(1).describe('Client that this app is registered as.').meta({ examples: ['odh-observability'] }),
    scopes: z
      .array(z.string().min(1))
      .default(['openid', 'profile', 'email', 'offline_access'])
      .describe('Scopes asked for at sign-in. `offline_access` is what makes silent refresh possible at most providers.'),
    providerName: z.string().min(1).default('OpenShift').describe('Name on the sign-in button.'),
  })
  .describe('How people sign in.');

const session = z
  .strictObject({
    maxAge: duration('8h').prefault('8h').describe('A session ends when it was not used for this long.'),
  })
  .describe('The sign-in session, kept in an encrypted cookie.');

const access = z
  .strictObject({
    provider: z.literal('claims').default('claims').describe('Where projects come from. `claims`: from the token that the caller signed in with.'),
    claims: z
      .strictObject({
        namespaces: z.string().min(1).default('projects').describe('Claim that lists the projects (namespaces) of the caller.'),
        groups: z.string().min(1).default('groups').describe('Claim that lists the groups of the caller.'),
        administrators: z
          .array(z.string().min(1))
          .default([])
          .describe('Groups whose members see every project, and the metrics that belong to none.')
          .meta({ examples: [['odh-admins']] }),
        groupNamespaces: z
          .record(z.string().min(1), z.array(resourceName))
          .default({})
          .describe('Projects that a group may see, in addition to those of the claim.')
          .meta({ examples: [{ 'fraud-team': ['fraud-detection', 'bert-serving'] }] }),
      })
      .prefault({})
      .describe('Settings of the provider `claims`.'),
  })
  .describe('Which projects a caller may see.');

const datasource = z.strictObject({
  name: resourceName.describe('Name by which dashboards and the API refer to it.').meta({ examples: ['prometheus'] }),
  default: z
    .boolean()
    .default(false)
    .describe('Whether dashboards that name no datasource use this one. Exactly one is the default.')
    .meta({ examples: [true] }),
  url: httpUrl('https://thanos-querier.openshift-monitoring.svc:9091').describe('Where Prometheus (or Thanos) answers; the path `/api/v1/…` is added.'),
  scopeLabel: labelName.default('namespace').describe('Label that holds the project of a series. Every query is limited by it.'),
});

const limits = z
  .strictObject({
    queryBytes: positive.default(16_384).describe('Length of one query, in bytes.'),
    queryDepth: positive.default(64).describe('Nesting depth of one query.'),
    matchers: positive.default(200).describe('Matchers in one query, over all its selectors; the name of a metric counts as one, as Prometheus has it.'),
    range: duration('90d').prefault('92d').describe('Longest time range of one query, and longest range and offset inside of it.'),
    points: positive.default(11_000).describe('Points per series of one range query (Prometheus itself allows 11,000).'),
    subqueryPoints: positive
      .default(500_000)
      .describe(
        'Points at which the subqueries of one query are evaluated: points of the query times range / step of each subquery, added up over the selectors in them.',
      ),
    responseBytes: positive.default(32 * 1024 * 1024).describe('Size of one response of the metrics backend, in bytes as transferred.'),
    timeout: duration('30s').prefault('30s').describe('Time for one query.'),
    concurrency: positive
      .default(6)
      .describe('Queries of one person running at the same time; more wait. Well below the 20 that Prometheus runs at once for everyone.'),
    queue: positive.default(200).describe('Queries of one person waiting; more are refused.'),
    perMinute: positive.default(1200).describe('Queries of one person per minute.'),
  })
  .describe('What one caller may ask of the metrics backends.');

export const configSchema = z.strictObject({
  // The app has its pages and its API at fixed paths, so an address with a path of its own could not work.
  publicUrl: httpUrl('https://observability.apps.example.com')
    .refine((text) => URL.canParse(text) && new URL(text).pathname === '/', 'expected an http or https URL without a path')
    .describe('Address under which people reach the app; sign-in returns there. Without a path.'),
  listen: listen.prefault({}),
  platformProject: resourceName.default('opendatahub').describe('Project that the built-in dashboards belong to; everyone may see it.'),
  identity,
  session: session.prefault({}),
  access: access.prefault({}),
  datasources: z
    .array(datasource)
    .min(1)
    .superRefine((datasources, context) => {
      const names = new Set<string>();
      for (const [index, { name }] of datasources.entries()) {
        if (names.has(name)) {
          context.addIssue({ code: 'custom', path: [index, 'name'], message: 'expected a name that no other datasource has', input: name });
        }
        names.add(name);
      }
      const defaults = datasources.filter((candidate) => candidate.default).length;
      if (defaults !== 1) {
        context.addIssue({ code: 'custom', message: `expected exactly one datasource with "default: true", found ${defaults}` });
      }
    })
    .describe('The metrics backends. Nobody can name another one: neither a dashboard nor a request holds an upstream address.'),
  limits: limits.prefault({}),
  dashboards: z
    .strictObject({
      directory: z.string().min(1).default('dashboards').describe('Directory of the built-in dashboards (`*.yaml`), relative to the working directory.'),
    })
    .prefault({})
    .describe('Where dashboards come from.'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least severe log line that is written.'),
});

/** The configuration file, parsed. Durations are milliseconds. */
export type FileConfig = z.infer<typeof configSchema>;

/** Secrets come from the environment, never from the file. */
export const secretsSchema = z.object({
  OBSERVABILITY_SESSION_SECRET: z
    .string('expected a random string of at least 32 characters')
    .min(32, 'expected at least 32 characters')
    .describe('Key material of the session cookie. The same on every replica; changing it signs everyone out.'),
  OBSERVABILITY_CLIENT_SECRET: z.string('expected the client secret').min(1, 'expected the client secret').describe('Client secret of `identity.clientId`.'),
});

export interface Config extends FileConfig {
  readonly sessionSecret: string;
  readonly clientSecret: string;
}

export type DatasourceConfig = Config['datasources'][number];
export type Limits = Config['limits'];
