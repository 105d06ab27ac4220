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
    // Whoever may read the file could use them, and they would be sent along in places that nobody expects.
    .regex(/^[^/]*\/\/[^/?#@]*(?:[/?#]|$)/, 'expected a URL without user name and password')
    .meta({ title: 'URL', examples: [example] })
    .transform((text) => text.replace(/\/+$/, ''));
}

const resourceName = z.string().regex(kubernetesName, 'expected a Kubernetes name: lower-case letters, digits and "-"');
const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'expected a Prometheus label name');
const positive = z.int().positive();

/** Asymmetric ones (RFC 7518 section 3.1, RFC 8037): with a shared key, who can check a token can make one. */
const signatureAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

/** Milliseconds for which an access decision may hold. */
const longestDecision = 30_000;

function isLoopback(hostname: string): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

const listen = z
  .strictObject({
    host: z.string().min(1).default('0.0.0.0').describe('Address to listen on.'),
    port: z.int().min(0).max(65_535).default(3000).describe('Port to listen on.'),
    metricsPort: z
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .describe('Port on which `/metrics` is answered, and no longer on `port`: for networks that let people reach `port` only. Without it, `port` answers both.')
      .meta({ examples: [8444] }),
    tls: z
      .strictObject({
        certFile: z
          .string()
          .min(1)
          .describe('File with the certificate of the server, and with those that link it to its authority after it, in PEM. Looked at for changes every ten seconds.')
          .meta({ examples: ['/var/run/secrets/odh-observability/tls/tls.crt'] }),
        keyFile: z.string().min(1).describe('File with its private key, in PEM, without a passphrase. Looked at for changes, too.').meta({ examples: ['/var/run/secrets/odh-observability/tls/tls.key'] }),
      })
      .optional()
      .describe('TLS on all ports. Leave it out where a proxy on the same machine speaks TLS; ODH Dashboard wants it.'),
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
    bearer: z
      .strictObject({
        audiences: z
          .array(z.string().min(1))
          .default([])
          .describe('Audiences of access tokens that are accepted; a token needs one of them. With none, JWTs are refused. Not the `clientId`, which is the audience of ID tokens.')
          .meta({ examples: [['odh-observability-api']] }),
        algorithms: z
          .array(z.enum(signatureAlgorithms))
          .min(1)
          .default(['RS256', 'PS256', 'ES256', 'EdDSA'])
          .describe('Signature algorithms that are accepted. Those with a shared key, and none at all, cannot be allowed.'),
      })
      .prefault({})
      .describe('Access tokens in the `Authorization` header, which ODH Dashboard sends on behalf of its users. Opaque ones are shown to Kubernetes where `kubernetes` is set.'),
  })
  .describe('How people sign in.');

const session = z
  .strictObject({
    idle: duration('8h').prefault('8h').describe('A session ends when it was not used for this long.'),
    absolute: duration('12h').prefault('12h').describe('A session ends this long after the sign-in, however much it is used.'),
  })
  .describe('The sign-in session, kept in an encrypted cookie.');

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

const kubernetes = z
  .strictObject({
    url: httpUrl('https://kubernetes.default.svc')
      .prefault('https://kubernetes.default.svc')
      .refine(
        (text) => URL.canParse(text) && (new URL(text).protocol === 'https:' || isLoopback(new URL(text).hostname)),
        'expected an https URL: callers\' tokens are sent there',
      )
      .describe('Where the API server answers.'),
    caFile: z.string().min(1).default(`${serviceAccount}/ca.crt`).describe('Certificates, in PEM, that vouch for the API server. Read at start.'),
    tokenFile: z.string().min(1).default(`${serviceAccount}/token`).describe('Token of the service account of this app. Read whenever it is needed, because it rotates.'),
  })
  .optional()
  .describe('The Kubernetes API. Leave it out where there is none; `kubernetes: {}` is right inside a cluster.');

const access = z
  .strictObject({
    provider: z
      .enum(['claims', 'kubernetes', 'openshift'])
      .default('claims')
      .describe(
        'Where projects come from. `claims`: from the token of the caller. `kubernetes`: the namespaces in which Kubernetes lets the caller do what `access.kubernetes` says. `openshift`: the OpenShift projects of the caller. The last two need `kubernetes`.',
      ),
    cache: duration('30s')
      .prefault('30s')
      .refine((milliseconds) => milliseconds <= longestDecision, 'expected at most "30s": for as long a caller keeps what was taken away')
      .describe('How long the answers of `kubernetes` and `openshift` hold for a caller, and that of Kubernetes about an opaque token; at most 30 s. Never longer than the token.'),
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
        projectAdministrators: z
          .record(z.string().min(1), z.array(resourceName))
          .default({})
          .describe('Projects whose dashboards the members of a group may change. Administrators change all.')
          .meta({ examples: [{ 'fraud-leads': ['fraud-detection'] }] }),
      })
      .prefault({})
      .describe('Settings of the provider `claims`.'),
    kubernetes: z
      .strictObject({
        labelSelector: z
          .string()
          .min(1)
          .default('opendatahub.io/dashboard=true')
          .describe('Which namespaces are projects. The service account of this app lists them.'),
        verb: z.string().min(1).default('get').describe('What a caller must be allowed to do in a namespace to see its metrics. In all namespaces: to see every project.'),
        group: z.string().default('metrics.k8s.io').describe('API group of the resource that `verb` is about.'),
        resource: z.string().min(1).default('pods').describe('That resource. The default is what the metrics proxies of OpenShift and Open Data Hub ask for.'),
        subresource: z.string().default('').describe('Its subresource, if any.'),
      })
      .prefault({})
      .describe('Settings of the provider `kubernetes`.'),
    openshift: z
      .strictObject({
        monitoringNamespace: resourceName
          .default('openshift-monitoring')
          .describe('Who may `get` `prometheuses/api` in this namespace sees every project, as in ODH Dashboard.'),
      })
      .prefault({})
      .describe('Settings of the provider `openshift`.'),
  })
  .describe('Which projects a caller may see.');

/** The members of the union share only `type`; each says what the backend is asked with. */
const credential = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z
        .literal('none')
        .describe(
          '`none`: no credential. `service-account`: the token of the app\'s own account. `user-token`: the caller\'s access token. `token-exchange`: a token for this backend that the identity provider issues in exchange for the caller\'s (RFC 8693).',
        ),
    }),
    z.strictObject({
      type: z.literal('service-account'),
      tokenFile: z
        .string()
        .min(1)
        .default('/var/run/secrets/kubernetes.io/serviceaccount/token')
        .describe('For `service-account`: file with the token. Read for each request, because Kubernetes renews it.'),
    }),
    z.strictObject({ type: z.literal('user-token') }),
    z.strictObject({
      type: z.literal('token-exchange'),
      audience: z.string().min(1).describe('For `token-exchange`, required there: the backend, as the identity provider knows it.'),
      scope: z.string().min(1).optional().describe('For `token-exchange`: scopes to ask for, separated by spaces. Nothing is asked for by default.'),
    }),
  ])
  .prefault({ type: 'none' })
  .describe(
    'With which credential the backend is asked. Where it cannot be had or is not accepted the query fails; another one is never used instead.',
  )
  .meta({ examples: [{ type: 'token-exchange', audience: 'prometheus', scope: 'metrics:read' }] });

const datasource = z.strictObject({
  name: resourceName.describe('Name by which dashboards and the API refer to it.').meta({ examples: ['prometheus'] }),
  default: z
    .boolean()
    .default(false)
    .describe('Whether dashboards that name no datasource use this one. Exactly one is the default.')
    .meta({ examples: [true] }),
  url: httpUrl('https://thanos-querier.openshift-monitoring.svc:9091').describe('Where Prometheus (or Thanos) answers; the path `/api/v1/…` is added.'),
  caFile: z
    .string()
    .min(1)
    .optional()
    .describe('File with the certificate authorities (PEM) that may have signed the backend\'s certificate, and no others. Without it: those that Node.js knows.')
    .meta({ examples: ['/var/run/secrets/kubernetes.io/serviceaccount/service-ca.crt'] }),
  scopeLabel: labelName.default('namespace').describe('Label that holds the project of a series. Every query is limited by it.'),
  credential,
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
    windowTime: duration('50000d')
      .prefault('50000d')
      .describe('What the range selectors of one query read: points of the query times the range of each selector, added up. A month at each of 1,000 points is 30,000 days.'),
    responseBytes: positive.default(32 * 1024 * 1024).describe('Size of one response of the metrics backend, in bytes as transferred.'),
    timeout: duration('30s').prefault('30s').describe('Time for one query.'),
    concurrency: positive
      .default(6)
      .describe('Queries of one person running at the same time; more wait. Well below the 20 that Prometheus runs at once for everyone.'),
    totalConcurrency: positive
      .default(16)
      .describe(
        'Queries of all people together that one replica has running on one metrics backend; more wait. Below the 20 that Prometheus runs at once, so that its alerting rules, which share these, find a place.',
      ),
    queue: positive.default(200).describe('Queries of one person waiting; more are refused.'),
    perMinute: positive.default(1200).describe('Queries of one person per minute.'),
  })
  .describe('What one caller may ask of the metrics backends.');

const audit = z
  .strictObject({
    sink: z
      .enum(['stdout', 'file', 'none'])
      .default('stdout')
      .describe('Where audit records go. `stdout`: among the lines of the log, for a collector. `file`: a file with rotation, as set below. `none`: nowhere.'),
    file: z
      .strictObject({
        path: z.string().min(1).default('/var/log/odh-observability/audit.jsonl').describe('File of the newest records. No two processes may share it.'),
        maxBytes: z.int().min(64 * 1024).default(64 * 1024 * 1024).describe('Size at which the file is renamed and a new one begins, in bytes.'),
        keep: positive.default(100).describe('Renamed files that are kept; older ones are deleted.'),
      })
      .prefault({})
      .describe('Settings of the sink `file`.'),
    queries: z.boolean().default(false).describe('Whether every answered query is recorded, with the text that was sent to the metrics backend.'),
    onFailure: z
      .enum(['warn', 'refuse'])
      .default('warn')
      .describe('What happens while records cannot be written. `warn`: a metric, the log and the readiness answer say so. `refuse`: queries are refused, too.'),
  })
  .describe('Who looked at what, see docs/audit.md.');

const redis = z
  .strictObject({
    url: z
      .url({ protocol: /^rediss?$/, error: 'expected a redis or rediss URL' })
      .regex(/^[^/]*\/\/[^/?#@]+(?:\/\d*)?$/, 'expected a URL without user name, password and parameters')
      .describe('Where Redis or Valkey answers: one server, or the service of the one that is written to. `rediss` with TLS; a path is the number of the database.')
      .meta({ title: 'URL', examples: ['rediss://valkey.opendatahub.svc:6379'] }),
    username: z.string().min(1).optional().describe('User of its access control list. The password comes from the environment.').meta({ examples: ['odh-observability'] }),
    caFile: z
      .string()
      .min(1)
      .optional()
      .describe('File with the certificate authorities (PEM) that may have signed its certificate, and no others. Read at start; for `rediss` only.')
      .meta({ examples: ['/var/run/secrets/kubernetes.io/serviceaccount/service-ca.crt'] }),
    prefix: z.string().min(1).default('odh-observability:').describe('Begin of every key: another one for each installation that uses the same server.'),
  })
  .refine(({ url, caFile }) => caFile === undefined || url.startsWith('rediss:'), { path: ['caFile'], message: 'expected it with a rediss URL only' })
  .optional()
  .describe('Redis (6.2 or later) or Valkey, where replicas keep what they share: how often each person has asked, and which sessions were signed out. Without it each replica counts by itself. Nothing in it can widen what anybody sees.');

const preferences = z
  .strictObject({
    store: z
      .string()
      .min(1)
      .optional()
      .describe('Directory where the preferences of each person are kept, such as favourites and recently opened dashboards, in a file each. It must survive restarts, and one process writes to it. Without it, each browser keeps its own.')
      .meta({ examples: ['/var/lib/odh-observability/preferences'] }),
    roles: z
      .strictObject({
        'data-scientist': z.array(z.string().min(1)).default([]).describe('Groups of data scientists: training and notebooks come first.').meta({ examples: [['data-scientists']] }),
        mlops: z.array(z.string().min(1)).default([]).describe('Groups of MLOps engineers: serving and pipelines come first.').meta({ examples: [['mlops-engineers']] }),
        admin: z
          .array(z.string().min(1))
          .default([])
          .describe('Groups of people who run the platform: it comes first. So it does for everyone who sees every project, without being named here.')
          .meta({ examples: [['platform-team']] }),
      })
      .prefault({})
      .describe('What people work as, by their groups (`access.claims.groups`): the order of the list until they choose another one. Of several the last here holds. Gives access to nothing.'),
    homes: z
      .record(z.string().min(1), z.string().regex(/^[^/]+\/[^/]+$/, 'expected a dashboard as "<project>/<name>"'))
      .default({})
      .describe('Dashboard, as `<project>/<name>`, that `/observability` opens for the members of a group until they choose another one; the first group here that a person has counts. Without one it opens the list.')
      .meta({ examples: [{ 'mlops-engineers': 'opendatahub/model-serving' }] }),
    sample: z
      .string()
      .regex(/^\/observability\/[\w/?=&%.-]+$/, 'expected an address of this app such as "/observability/project"')
      .optional()
      .describe('Address of a dashboard with sample data, to which the list has a link. For demonstrations.')
      .meta({ examples: ['/observability/project'] }),
  })
  .describe('What people prefer.');

const configKeys = z.strictObject({
  // The app has its pages and its API at fixed paths, so an address with a path of its own could not work.
  publicUrl: httpUrl('https://observability.apps.example.com')
    .refine((text) => URL.canParse(text) && new URL(text).pathname === '/', 'expected an http or https URL without a path')
    .describe('Address under which people reach the app; sign-in returns there. Without a path.'),
  listen: listen.prefault({}),
  platformProject: resourceName.default('opendatahub').describe('Project that the built-in dashboards belong to; everyone may see it.'),
  identity,
  session: session.prefault({}),
  kubernetes,
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
      directory: z.string().min(1).default('dashboards').describe('Directory of the built-in dashboards (`*.yaml`, `*.json`), looked at for changes every two seconds; relative to the working directory.'),
      disabled: z
        .array(z.string().min(1))
        .default([])
        .describe('Built-in dashboards that are not served, by name.')
        .meta({ examples: [['cost', 'drift']] }),
      directories: z
        .array(z.string().min(1))
        .default([])
        .describe('More directories of dashboards, which this app only reads, such as mounted ConfigMaps. Those that name no namespace belong to `platformProject`.')
        .meta({ examples: [['/etc/odh-observability/dashboards']] }),
      own: z
        .string()
        .min(1)
        .optional()
        .describe('Directory where dashboards are kept that people make in the app. It must survive restarts, and one process writes to it. Without it, dashboards are not changed in the app.')
        .meta({ examples: ['/var/lib/odh-observability/dashboards'] }),
      settings: z
        .string()
        .min(1)
        .optional()
        .describe('File where the settings of administrators are kept, made on the management page: which dashboards are disabled, their order, audience and the homes. It must survive restarts, and one process writes to it. Without it, only dashboards of writable sources are arranged in the app.')
        .meta({ examples: ['/var/lib/odh-observability/settings.json'] }),
      kubernetes: z
        .strictObject({
          namespaces: z
            .array(resourceName)
            .min(1)
            .optional()
            .describe('Namespaces that are looked into. Without it: all of the cluster, which needs a ClusterRole to list and watch `persesdashboards` and `configmaps`; with it a Role in each will do.')
            .meta({ examples: [['opendatahub', 'fraud-detection']] }),
        })
        .optional()
        .describe('Dashboards in the cluster: `PersesDashboard` resources, and ConfigMaps with the label `observability.opendatahub.io/dashboard: "true"`. Read with the service account of this app, changed with the token of the caller. Needs `kubernetes`; `kubernetes: {}` looks into all namespaces.'),
      perses: z
        .strictObject({
          url: httpUrl('https://perses.perses.svc:8080')
            .refine((text) => URL.canParse(text) && (new URL(text).protocol === 'https:' || isLoopback(new URL(text).hostname)), 'expected an https URL: callers\' tokens are sent there')
            .describe('Where the Perses server answers; the path `/api/v1/…` is added.'),
          caFile: z.string().min(1).optional().describe('File with the certificate authorities (PEM) that may have signed its certificate, and no others. Read at start.').meta({ examples: ['/etc/odh-observability/perses-ca.crt'] }),
          tokenFile: z
            .string()
            .min(1)
            .optional()
            .describe('File with the token that its dashboards are read with, for everyone. Read for each request. Without it: no credential.')
            .meta({ examples: [`${serviceAccount}/token`] }),
        })
        .optional()
        .describe('Dashboards of a Perses server, whose projects are projects here. Read with one credential, changed with the token of the caller.')
        .meta({ examples: [{ url: 'https://perses.perses.svc:8080' }] }),
    })
    .prefault({})
    .describe('Where dashboards come from.'),
  redis,
  preferences: preferences.prefault({}),
  audit: audit.prefault({}),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least severe log line that is written.'),
});

export const configSchema = configKeys.superRefine(({ access: { provider }, dashboards, kubernetes: api }, context) => {
  if (dashboards.kubernetes !== undefined && api === undefined) {
    context.addIssue({ code: 'custom', path: ['kubernetes'], message: 'expected it beside dashboards.kubernetes; inside a cluster "kubernetes: {}" will do' });
  }
  if (provider !== 'claims' && api === undefined) {
    context.addIssue({ code: 'custom', path: ['kubernetes'], message: `expected it beside access.provider "${provider}"; inside a cluster "kubernetes: {}" will do` });
  }
});

/** The configuration file, parsed. Durations are milliseconds. */
export type FileConfig = z.infer<typeof configSchema>;

/** Secrets come from the environment, never from the file. */
export const secretsSchema = z.object({
  OBSERVABILITY_SESSION_SECRET: z
    .string('expected a random string of at least 32 characters')
    .min(32, 'expected at least 32 characters')
    .describe('Key material of the session cookie, at least 32 characters. The same on every replica; changing it signs everyone out.'),
  OBSERVABILITY_CLIENT_SECRET: z.string('expected the client secret').min(1, 'expected the client secret').describe('Client secret of `identity.clientId`.'),
  OBSERVABILITY_REDIS_PASSWORD: z.string().min(1, 'expected the password').optional().describe('Optional: password of `redis`.'),
  OBSERVABILITY_AUDIT_KEY: z
    .string()
    .min(32, 'expected at least 32 characters')
    .optional()
    .describe('Optional: key of the seals of audit records, at least 32 characters, so that nobody without it can write them anew (docs/audit.md).'),
});

export interface Config extends FileConfig {
  readonly sessionSecret: string;
  readonly clientSecret: string;
  readonly auditKey?: string | undefined;
  readonly redisPassword?: string | undefined;
}

export type KubernetesConfig = NonNullable<Config['kubernetes']>;
export type DatasourceConfig = Config['datasources'][number];
export type Limits = Config['limits'];
