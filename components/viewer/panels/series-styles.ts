/**
 * Styles of the single series of a time series chart, which Perses takes for whole queries: so each series becomes the
 * answer of a query of its own. Pure.
 */
import type { TimeSeries } from '@perses-dev/core';
import type { TimeSeriesChartOptions } from '@perses-dev/timeseries-chart-plugin/lib/time-series-chart-model';
import type { PanelQuery } from './use-panel-queries';

export type Answered = Required<Pick<PanelQuery, 'definition' | 'data'>>;
type QuerySettings = NonNullable<TimeSeriesChartOptions['querySettings']>[number];

interface Styled {
  readonly results: Answered[];
  readonly spec: TimeSeriesChartOptions;
}

/** Lengths of dashes and gaps, and how a legend writes such a line. More series than these would not be told apart. */
const lines = [
  { type: 'solid', sign: '—' },
  { type: [8, 4], sign: '– –' },
  { type: [2, 3], sign: '···' },
  { type: [12, 4, 2, 4], sign: '–·–' },
  { type: [18, 5], sign: '— —' },
  { type: [8, 3, 2, 3, 2, 3], sign: '–··' },
] as const;

/**
 * A chart of few lines, each of which is another kind of line, and says so before its name: colour is not all that tells
 * them apart. Other charts stay as they are: those of areas and bars, and those whose author chose kinds of lines.
 */
export function distinctChart(spec: TimeSeriesChartOptions, answers: Answered[], palette: readonly string[]): Styled {
  const { visual, querySettings = [], thresholds } = spec;
  // A chart's limits are dashed lines already.
  const kinds = (thresholds?.steps?.length ?? 0) > 0 ? lines.filter(({ sign }) => !sign.endsWith(' –') && !sign.endsWith(' —')) : lines;
  const count = answers.reduce((sum, { data }) => sum + data.series.length, 0);
  const areLines = visual?.display !== 'bar' && visual?.stack !== 'all' && visual?.lineStyle === undefined && querySettings.length === 0;
  if (count < 2 || count > kinds.length || !areLines) {
    return { spec, results: answers };
  }
  const series = answers.flatMap(({ definition, data }) => data.series.map((each) => ({ definition, data, each })));
  return {
    results: series.map(({ definition, data, each }, index) => ({
      definition,
      data: { ...data, series: [{ ...each, formattedName: `${kinds[index]?.sign ?? ''} ${each.formattedName ?? each.name}` }] },
    })),
    spec: {
      ...spec,
      querySettings: series.map((_, index) => ({
        queryIndex: index,
        colorMode: 'fixed',
        colorValue: palette[index % palette.length] ?? 'gray',
        // ECharts takes lengths as well as names, and Perses hands them on.
        lineStyle: kinds[index]?.type as NonNullable<QuerySettings['lineStyle']>,
      })),
    },
  };
}

/**
 * A chart with the series of an earlier time over its own: each in the colour of its counterpart, and dashed.
 *
 * @param present answers for the time range, one for each query that was answered
 * @param compared answers for the earlier time, moved up; of the query of the same definition
 * @param suffix what the names of compared series end with
 * @param palette colours of series, in order
 */
export function comparedChart(spec: TimeSeriesChartOptions, present: readonly Answered[], compared: readonly Answered[], suffix: string, palette: readonly string[]): Styled {
  const results: Answered[] = [];
  const querySettings: QuerySettings[] = [];
  const add = ({ definition, data }: Answered, series: TimeSeries, settings: Omit<QuerySettings, 'queryIndex'>): void => {
    querySettings.push({ ...settings, queryIndex: results.length });
    results.push({ definition, data: { ...data, series: [series] } });
  };
  const colours = new Map<unknown, Map<string, string>>();
  let count = 0;
  const nextColour = (): string => palette[count++ % palette.length] ?? 'gray';

  for (const [index, answer] of present.entries()) {
    // As Perses does, the last of several settings counts.
    const own = spec.querySettings?.findLast(({ queryIndex }) => queryIndex === index);
    const isFixed = own?.colorMode === 'fixed' || (own?.colorMode === 'fixed-single' && answer.data.series.length === 1);
    const byName = new Map<string, string>();
    colours.set(answer.definition, byName);
    for (const series of answer.data.series) {
      const ofPalette = nextColour();
      const colorValue = isFixed && own.colorValue !== undefined ? own.colorValue : ofPalette;
      byName.set(series.name, colorValue);
      add(answer, series, { ...own, colorMode: 'fixed', colorValue });
    }
  }
  for (const answer of compared) {
    for (const series of answer.data.series) {
      const colorValue = colours.get(answer.definition)?.get(series.name.slice(0, -suffix.length)) ?? nextColour();
      add(answer, series, { colorMode: 'fixed', colorValue, lineStyle: 'dashed', areaOpacity: 0 });
    }
  }
  // Stacked, or as bars, one time would stand on the other.
  return { results, spec: { ...spec, querySettings, visual: { ...spec.visual, display: 'line', stack: 'none', areaOpacity: 0 } } };
}
