/** The time series panel, without its button that saves the series: every panel's menu has one. */
import { TimeSeriesChartPanel } from '@perses-dev/timeseries-chart-plugin/lib/TimeSeriesChartPanel';
import { panel } from './panel';

export const TimeSeriesChart = panel(TimeSeriesChartPanel);
