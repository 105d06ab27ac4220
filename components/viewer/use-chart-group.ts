/**
 * Charts that follow each other's crosshair: those of one viewer. Perses puts every chart of a page into one group of
 * ECharts, which is global, so that two viewers side by side would move each other.
 */
import { useCallback, useId, type PointerEvent } from 'react';
import { connect, getInstanceByDom } from 'echarts/core';

/**
 * Handler for the element around a viewer's charts: regroups them when the pointer comes near, because panels are drawn
 * when they scroll into view, and a crosshair starts with the pointer.
 */
export function useChartGroup(): (event: PointerEvent<HTMLElement>) => void {
  const group = useId();
  return useCallback(
    ({ currentTarget }) => {
      // The attribute by which ECharts itself finds the chart of an element.
      for (const element of currentTarget.querySelectorAll<HTMLElement>('[_echarts_instance_]')) {
        const chart = getInstanceByDom(element);
        // A chart without a group has no crosshair to share.
        if (chart !== undefined && Boolean(chart.group) && chart.group !== group) {
          chart.group = group;
          connect(group);
        }
      }
    },
    [group],
  );
}
