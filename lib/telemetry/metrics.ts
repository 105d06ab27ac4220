/**
 * The app's own metrics. Names follow https://prometheus.io/docs/practices/naming/: base units, `_total` for counters.
 * No label holds a user, a project or a query: cardinality stays bounded and the page may be scraped without a secret.
 */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Buckets in seconds: from a cache hit to a query at its time limit. */
const latencyBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics(version: string) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'odh_observability_build_info',
    help: 'Always 1; the version is in the label.',
    labelNames: ['version'] as const,
    registers,
  }).set({ version }, 1);
  return {
    registry,
    requests: new Counter({
      name: 'odh_observability_http_requests_total',
      help: 'API requests answered, by route pattern, method and HTTP status code.',
      labelNames: ['route', 'method', 'code'] as const,
      registers,
    }),
    requestDuration: new Histogram({
      name: 'odh_observability_http_request_duration_seconds',
      help: 'Time to answer an API request, by route pattern.',
      labelNames: ['route'] as const,
      buckets: latencyBuckets,
      registers,
    }),
    queryDuration: new Histogram({
      name: 'odh_observability_query_duration_seconds',
      help: 'Time to answer a query as the caller sees it, waiting included.',
      labelNames: ['datasource', 'endpoint'] as const,
      buckets: latencyBuckets,
      registers,
    }),
    upstreamDuration: new Histogram({
      name: 'odh_observability_query_upstream_duration_seconds',
      help: 'Part of the query time that the metrics backend took.',
      labelNames: ['datasource', 'endpoint'] as const,
      buckets: latencyBuckets,
      registers,
    }),
    queriesInFlight: new Gauge({
      name: 'odh_observability_queries_in_flight',
      help: 'Queries being answered by the metrics backends at this moment.',
      registers,
    }),
    refusals: new Counter({
      name: 'odh_observability_refusals_total',
      help: 'Requests answered with an error of the catalogue, by its code.',
      labelNames: ['code'] as const,
      registers,
    }),
    dashboardSourceUp: new Gauge({
      name: 'odh_observability_dashboard_source_up',
      help: 'Whether changes in a source of dashboards are seen at the moment (1) or what was read last is served (0).',
      labelNames: ['source'] as const,
      registers,
    }),
    redisUp: new Gauge({
      name: 'odh_observability_redis_up',
      help: 'Whether what replicas share is shared at the moment (1) or each goes by itself (0).',
      labelNames: ['server'] as const,
      registers,
    }),
    auditWriteFailures: new Counter({
      name: 'odh_observability_audit_write_failures_total',
      help: 'Attempts to write audit records that failed. The records wait and are tried again.',
      registers,
    }),
    auditRecordsLost: new Counter({
      name: 'odh_observability_audit_records_lost_total',
      help: 'Audit records that there was no room for while others waited.',
      registers,
    }),
    auditLag: new Gauge({
      name: 'odh_observability_audit_lag_seconds',
      help: 'Age of the oldest audit record that is not written yet, when last looked at.',
      registers,
    }),
  };
}
