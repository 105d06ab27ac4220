/**
 * The served endpoints of Prometheus's API (https://prometheus.io/docs/prometheus/latest/querying/api/), one row each:
 * who may call it how, what is sent on, what is taken out of the answer. What is not in the table does not exist here:
 * admin, federate, remote read and write, targets and configuration included.
 */
import type { CheckedParameters, UpstreamParameters } from './checked-parameters';
import { foreignAlerts, foreignExemplars, foreignMetadata, foreignNamespaces, foreignRules, type Filter } from './filters';

export interface Endpoint {
  /** Value of the metric label `endpoint`. */
  readonly name: string;
  /** Path below `api/v1/`; a group holds the name of a label. */
  readonly path: RegExp;
  /** How callers may send it. */
  readonly methods: readonly ('GET' | 'POST')[];
  /** How it is sent on: as a form where Prometheus takes one, because long queries do not fit into a URL. */
  readonly send: 'GET' | 'POST';
  /** What is sent on, and nothing else. Parameters that are not read here are dropped. */
  readonly parameters: (given: CheckedParameters) => UpstreamParameters;
  /** Takes out what belongs to others, where the upstream cannot be asked for the caller's own only. */
  readonly filter?: Filter;
}

const apiPrefix = 'api/v1/';
const both = ['GET', 'POST'] as const;
const get = ['GET'] as const;

const endpoints: readonly Endpoint[] = [
  {
    name: 'query',
    path: /^query$/,
    methods: both,
    send: 'POST',
    parameters: (given) => ({
      query: given.query(),
      time: given.time('time'),
      timeout: given.timeout(),
      limit: given.count('limit'),
      lookback_delta: given.duration('lookback_delta'),
      stats: given.choice('stats', ['true', 'all']),
    }),
  },
  {
    name: 'query_range',
    path: /^query_range$/,
    methods: both,
    send: 'POST',
    parameters: (given) => ({
      ...given.rangeQuery(),
      timeout: given.timeout(),
      limit: given.count('limit'),
      lookback_delta: given.duration('lookback_delta'),
      stats: given.choice('stats', ['true', 'all']),
    }),
  },
  {
    name: 'labels',
    path: /^labels$/,
    methods: both,
    send: 'POST',
    parameters: (given) => ({ 'match[]': given.selectors(), ...given.window(), limit: given.count('limit') }),
  },
  {
    name: 'label_values',
    // UTF-8 names come in Prometheus's `U__` escaping, which keeps to these characters.
    path: /^label\/([a-zA-Z_][a-zA-Z0-9_]*)\/values$/,
    methods: get,
    send: 'GET',
    parameters: (given) => ({ 'match[]': given.selectors(), ...given.window(), limit: given.count('limit') }),
    filter: foreignNamespaces,
  },
  {
    name: 'series',
    path: /^series$/,
    methods: both,
    send: 'POST',
    parameters: (given) => ({ 'match[]': given.selectors(), ...given.window(), limit: given.count('limit') }),
  },
  {
    name: 'query_exemplars',
    path: /^query_exemplars$/,
    methods: both,
    send: 'POST',
    parameters: (given) => ({ query: given.query(), ...given.window() }),
    filter: foreignExemplars,
  },
  {
    // Names, types and help texts of metrics; no label values.
    name: 'metadata',
    path: /^metadata$/,
    methods: get,
    send: 'GET',
    // No `limit`: the upstream would count the metrics of others.
    parameters: (given) => ({ metric: given.text('metric'), limit_per_metric: given.count('limit_per_metric') }),
    filter: foreignMetadata,
  },
  {
    name: 'rules',
    path: /^rules$/,
    methods: get,
    send: 'GET',
    parameters: (given) => ({
      type: given.choice('type', ['alert', 'record']),
      'rule_name[]': given.texts('rule_name[]'),
      'rule_group[]': given.texts('rule_group[]'),
      exclude_alerts: given.choice('exclude_alerts', ['true', 'false']),
    }),
    filter: foreignRules,
  },
  { name: 'alerts', path: /^alerts$/, methods: get, send: 'GET', parameters: () => ({}), filter: foreignAlerts },
  { name: 'format_query', path: /^format_query$/, methods: both, send: 'POST', parameters: (given) => ({ query: given.queryText() }) },
  { name: 'status_buildinfo', path: /^status\/buildinfo$/, methods: get, send: 'GET', parameters: () => ({}) },
];

export interface EndpointMatch {
  readonly endpoint: Endpoint;
  /** The label whose values are asked for. */
  readonly label: string | undefined;
}

/**
 * Finds the endpoint of a path such as `api/v1/label/job/values`.
 *
 * @param path percent-decoded; where an endpoint is found it holds nothing but letters, digits, `_` and `/`
 * @returns undefined for whatever is not served
 */
export function findEndpoint(path: string, method: string): EndpointMatch | undefined {
  if (!path.startsWith(apiPrefix)) return undefined;
  for (const endpoint of endpoints) {
    const match = endpoint.path.exec(path.slice(apiPrefix.length));
    if (match) return endpoint.methods.some((allowed) => allowed === method) ? { endpoint, label: match[1] } : undefined;
  }
  return undefined;
}
