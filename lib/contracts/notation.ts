/** How Kubernetes and Prometheus write things, for everyone who reads them. Pure. */

/** RFC 1123 label, which Kubernetes requires of namespace names. */
export const kubernetesName = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

const second = 1000;
const day = 86_400 * second;

/** Prometheus's units of time, in milliseconds (https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations). */
const unitMilliseconds: Readonly<Record<string, number>> = { y: 365 * day, w: 7 * day, d: day, h: 3600 * second, m: 60 * second, s: second, ms: 1 };

/**
 * The milliseconds of a duration such as `1h30m`, in any order of its units. Which units and orders are allowed where is
 * the caller's to check first.
 */
export function durationMilliseconds(text: string): number {
  return [...text.matchAll(/(\d+)(ms|[ywdhms])/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitMilliseconds[unit ?? ''] ?? Number.NaN), 0);
}
