/** Panel of a dashboard that a test makes: a chart of one query. */
export interface ChartPanel {
  readonly name: string;
  readonly query: string;
  readonly description?: string;
  /** The default one when undefined. */
  readonly datasource?: { readonly kind: string; readonly name: string };
}

export function chartPanel({ name, query, description, datasource }: ChartPanel) {
  return {
    kind: 'Panel',
    spec: {
      display: { name, description },
      plugin: { kind: 'TimeSeriesChart', spec: {} },
      queries: [{ kind: 'TimeSeriesQuery', spec: { plugin: { kind: 'PrometheusTimeSeriesQuery', spec: { query, datasource } } } }],
    },
  };
}
