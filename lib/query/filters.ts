/**
 * Takes what belongs to other projects out of answers that the upstream cannot limit by itself. Only what carries a
 * namespace of the caller stays; what carries none belongs to the platform and goes, too.
 */
import { z } from 'zod';

export interface FilterContext {
  /** Whether a caller may see what carries these labels. */
  readonly owns: (labels: Readonly<Record<string, string>>) => boolean;
  readonly scopeLabel: string;
  /** The label whose values are asked for. */
  readonly label: string | undefined;
  /** The metrics that the caller has series of. */
  readonly metricNames: () => Promise<ReadonlySet<string>>;
}

/**
 * Filters the `data` of an answer.
 *
 * @throws ZodError when the answer has not the documented shape: what cannot be read cannot be filtered
 */
export type Filter = (data: unknown, context: FilterContext) => unknown;

/** What Prometheus adds to the name of a metric in the names of its series, by the metric's type. */
const seriesSuffixes = ['', '_total', '_created', '_bucket', '_sum', '_count', '_gsum', '_gcount', '_info'];

const labels = z.record(z.string(), z.string());
const alerts = z.array(z.looseObject({ labels }));
const rules = z.array(z.looseObject({ labels: labels.default({}), alerts: alerts.optional() }));

/** `/api/v1/alerts` */
export const foreignAlerts: Filter = (data, { owns }) => ({
  alerts: z.object({ alerts }).parse(data).alerts.filter((alert) => owns(alert.labels)),
});

/** `/api/v1/rules`: a rule's text may name other projects, so it stays only when the rule itself is the caller's. */
export const foreignRules: Filter = (data, { owns }) => ({
  groups: z
    .object({ groups: z.array(z.looseObject({ rules })) })
    .parse(data)
    .groups.map((group) => ({
      ...group,
      rules: group.rules
        .filter((rule) => owns(rule.labels))
        .map((rule) => (rule.alerts ? { ...rule, alerts: rule.alerts.filter((alert) => owns(alert.labels)) } : rule)),
    }))
    .filter((group) => group.rules.length > 0),
});

/** `/api/v1/query_exemplars`: the query is scoped already; an upstream that matches exemplars loosely changes nothing. */
export const foreignExemplars: Filter = (data, { owns }) =>
  z
    .array(z.looseObject({ seriesLabels: labels }))
    .parse(data)
    .filter((series) => owns(series.seriesLabels));

/** `/api/v1/label/<name>/values`: of the scope label itself, the caller's own values only. */
export const foreignNamespaces: Filter = (data, { owns, scopeLabel, label }) => {
  const values = z.array(z.string()).parse(data);
  return label === scopeLabel ? values.filter((value) => owns({ [scopeLabel]: value })) : values;
};

/** `/api/v1/metadata`: names and help texts say what others measure, so only those of the caller's own metrics stay. */
export const foreignMetadata: Filter = async (data, { metricNames }) => {
  const metadata = z.record(z.string(), z.unknown()).parse(data);
  const own = await metricNames();
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => seriesSuffixes.some((suffix) => own.has(name + suffix))));
};
