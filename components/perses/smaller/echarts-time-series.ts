/**
 * What a time series panel registers with ECharts, in place of all that Perses's does: no marks, which only pinned
 * tooltips draw, and no zoom but the one by dragging. Stands in for `echarts/components` in that panel alone.
 */
export { DatasetComponent, GridComponent, TitleComponent, TooltipComponent } from 'echarts/components';
export { install as ToolboxComponent } from './echarts-drag-zoom.js';

const notUsed = { install: (): void => undefined };

export { notUsed as DataZoomComponent, notUsed as MarkAreaComponent, notUsed as MarkLineComponent, notUsed as MarkPointComponent };
