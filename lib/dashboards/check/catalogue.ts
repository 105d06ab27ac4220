/** Reads docs/metrics.md: which metrics there are, and which of them only administrators get. Pure. */

export interface MetricCatalogue {
  /** Names of series: of a histogram those with `_bucket`, `_sum` and `_count`. */
  readonly series: ReadonlySet<string>;
  /** Those that belong to no project. */
  readonly administrators: ReadonlySet<string>;
}

const row = /^\| `([A-Za-z_:][\w:]*)` \| (gauge|counter|histogram)\b/;

/** @param text the page; a heading that says "administrators only" counts for its section, `cluster:` names for themselves */
export function readMetricCatalogue(text: string): MetricCatalogue {
  const series = new Set<string>();
  const administrators = new Set<string>();
  let restricted = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) restricted = line.includes('administrators only');
    const [, name, type] = row.exec(line) ?? [];
    if (name === undefined) continue;
    for (const each of type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]) {
      series.add(each);
      if (restricted || each.startsWith('cluster:')) administrators.add(each);
    }
  }
  return { series, administrators };
}
