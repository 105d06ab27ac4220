/** The panel plugins that are installed. The browser loads them, the server checks dashboards against them. */
export const panelKinds = [
  'BarChart',
  'GaugeChart',
  'HeatMapChart',
  'HistogramChart',
  'Markdown',
  'PieChart',
  'ScatterChart',
  'StatChart',
  'StatusHistoryChart',
  'Table',
  'TimeSeriesChart',
  'TimeSeriesTable',
] as const;
