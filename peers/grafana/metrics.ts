/** Samples for any dashboard: series that its queries select, with the labels that it groups and chooses by. */
import { z } from 'zod';
import type { Dashboard } from '../../lib/contracts/dashboard';
import { firstChoices, queriesOf, withValues } from '../../lib/dashboards/check/queries';
import { vectorSelectors } from '../../lib/promql/metrics';

/** Value of labels of which a dashboard says no other, and of variables that have none. */
const anyValue = 'one';

const labelOf = /^([a-zA-Z_]\w*)\s*(=|=~|!=|!~)\s*["'](.*)["']$/;
const bounds = ['0.01', '0.1', '0.5', '1', '5', '+Inf'];
const step = 30;

/** Metrics and the labels of their series, each series by its labels' text. */
type Metrics = Map<string, Map<string, Record<string, string>>>;

/**
 * @param now in milliseconds since the epoch
 * @returns the hour before and after, in OpenMetrics text
 */
export function samplesFor(dashboards: readonly Dashboard[], now: number): string {
  const metrics: Metrics = new Map();
  for (const dashboard of dashboards) addSeries(metrics, dashboard);
  const lines = [...metrics].flatMap(([name, series]) => [`# TYPE ${name} unknown`, ...[...series.values()].flatMap((labels, index) => [...linesOf(name, labels, index, now)])]);
  return [...lines, '# EOF', ''].join('\n');
}

function addSeries(metrics: Metrics, dashboard: Dashboard): void {
  const selectors = queriesOf(dashboard).flatMap(({ query }) => vectorSelectors(withValues(query, { ...firstChoices(dashboard), ...defaultsOf(dashboard) }, anyValue)));
  const everyLabel = Object.fromEntries(labelsNamedIn(dashboard).map((label) => [label, anyValue]));
  for (const { name, matchers } of selectors) {
    if (name === undefined) continue;
    const chosen = Object.fromEntries(matchers.flatMap((text) => {
      const [, label, operator = '', value = ''] = labelOf.exec(text) ?? [];
      // One alternative of a pattern; what a pattern leaves open, anything fits.
      return label === undefined || label === '__name__' || operator.startsWith('!') ? [] : [[label, /^[\w-]+/.exec(value)?.[0] ?? anyValue]];
    }));
    const series = metrics.get(name) ?? new Map<string, Record<string, string>>();
    metrics.set(name, series);
    // One that is selected, and one that "not equal" leaves over.
    for (const labels of [{ ...everyLabel, ...chosen }, everyLabel]) {
      for (const le of name.endsWith('_bucket') ? bounds : [undefined]) {
        const complete = le === undefined ? labels : { ...labels, le };
        series.set(JSON.stringify(complete), complete);
      }
    }
  }
}

const defaultSchema = z.looseObject({ name: z.string(), defaultValue: z.union([z.string(), z.tuple([z.string()], z.string()).transform(([first]) => first)]) });

/** What the variables of a dashboard are when it is opened, where it says so and does not say all. */
function defaultsOf({ spec }: Dashboard): Record<string, string> {
  return Object.fromEntries((spec.variables ?? []).flatMap((variable) => {
    const { data } = defaultSchema.safeParse(variable.spec);
    return data === undefined || data.defaultValue.startsWith('$') ? [] : [[data.name, data.defaultValue]];
  }));
}

/** Labels by which the dashboard groups, which it chooses values of, and which it writes. */
function labelsNamedIn(dashboard: Dashboard): string[] {
  const text = JSON.stringify(dashboard.spec);
  const grouped = [...text.matchAll(/\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(','));
  const chosen = [...text.matchAll(/"labelName":"(\w+)"/g), ...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label = '']) => label);
  return [...new Set([...grouped, ...chosen, 'namespace', 'job', 'instance'].map((label) => label.trim()))].filter((label) => /^[a-zA-Z_]\w*$/.test(label) && !['le', '__name__'].includes(label));
}

/** A counter where the name says so, else a number that goes up and down. */
function* linesOf(name: string, labels: Readonly<Record<string, string>>, index: number, now: number): Generator<string> {
  const text = Object.entries(labels).map(([label, value]) => `${label}="${value}"`).join(',');
  const isCounter = /(?:_total|_count|_sum|_bucket)$/.test(name);
  const rate = 1 + index + (labels['le'] === undefined ? 0 : bounds.indexOf(labels['le']));
  const middle = Math.floor(now / 1000);
  for (let time = middle - 3600; time <= middle + 3600; time += step) {
    const elapsed = time - middle + 3600;
    yield `${name}{${text}} ${isCounter ? elapsed * rate : 0.4 + 0.1 * Math.sin(elapsed / 300 + index)} ${time}`;
  }
}
