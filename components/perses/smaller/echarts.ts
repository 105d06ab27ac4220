/**
 * What Perses's chart component registers for every chart of a page, in place of all that ECharts has: each panel brings
 * its own kinds of charts. Stands in for `echarts/charts` and `echarts/components` in that component alone.
 */
export { DatasetComponent, GridComponent, TitleComponent, TooltipComponent } from 'echarts/components';

const broughtByPanels = { install: (): void => undefined };

export {
  broughtByPanels as BarChart,
  broughtByPanels as CustomChart,
  broughtByPanels as DataZoomComponent,
  broughtByPanels as GaugeChart,
  broughtByPanels as HeatmapChart,
  broughtByPanels as LegendComponent,
  broughtByPanels as LineChart,
  broughtByPanels as MarkAreaComponent,
  broughtByPanels as MarkLineComponent,
  broughtByPanels as MarkPointComponent,
  broughtByPanels as PieChart,
  broughtByPanels as ScatterChart,
  broughtByPanels as ToolboxComponent,
  broughtByPanels as VisualMapComponent,
};
