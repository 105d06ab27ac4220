/** The time series panel, with its button that saves the series as a file. */
import { TimeSeriesChartPanel } from '@perses-dev/timeseries-chart-plugin/lib/TimeSeriesChartPanel';
import { TimeSeriesExportAction } from '@perses-dev/timeseries-chart-plugin/lib/TimeSeriesExportAction';
import { panel } from './panel';

export const TimeSeriesChart = panel(TimeSeriesChartPanel, { actions: [{ component: TimeSeriesExportAction, location: 'header' }] });
