// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { init, use as register, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useLayoutEffect, useRef } from 'react';
import { afterEach, expect, it } from 'vitest';
import { useChartGroup } from './use-chart-group';

register(SVGRenderer);
afterEach(cleanup);

/** As Perses draws its charts: all of a page in one group. */
function Chart({ charts, group }: { readonly charts: ECharts[]; readonly group: string }) {
  const container = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (container.current === null) return;
    const chart = init(container.current, null, { renderer: 'svg', width: 10, height: 10 });
    chart.group = group;
    charts.push(chart);
    return () => chart.dispose();
  }, [charts, group]);
  return <div ref={container} />;
}

function Viewer({ name, charts }: { readonly name: string; readonly charts: ECharts[] }) {
  const groupCharts = useChartGroup();
  return (
    <div data-testid={name} onPointerOver={groupCharts}>
      <Chart charts={charts} group="default-panel-group" />
      <Chart charts={charts} group="default-panel-group" />
      <Chart charts={charts} group="" />
    </div>
  );
}

it('lets the charts of one viewer follow each other, and not those of another', () => {
  const one: ECharts[] = [];
  const other: ECharts[] = [];
  render(
    <>
      <Viewer name="one" charts={one} />
      <Viewer name="other" charts={other} />
    </>,
  );
  fireEvent.pointerOver(screen.getByTestId('one'));
  const groupsOf = (charts: ECharts[]) => charts.map(({ group }) => group);
  const [own] = groupsOf(one);
  expect(own).not.toBe('default-panel-group');
  expect(groupsOf(one)).toEqual([own, own, '']);
  expect(groupsOf(other)).not.toContain(own);
  fireEvent.pointerOver(screen.getByTestId('other'));
  expect(new Set([...groupsOf(one), ...groupsOf(other)]).size).toBe(3);
});
