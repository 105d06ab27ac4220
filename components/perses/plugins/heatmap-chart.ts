/** The heat map, with the colour scale that it leaves to others to register. */
import { HeatMapChartPanel } from '@perses-dev/heatmap-chart-plugin/lib/components/HeatMapChartPanel';
import { VisualMapComponent } from 'echarts/components';
import { use as register } from 'echarts/core';
import { panel } from './panel';

register([VisualMapComponent]);

export const HeatMapChart = panel(HeatMapChartPanel, { queryOptions: { mode: 'range' } });
