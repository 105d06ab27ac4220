/** What a plugin draws; with what was earlier where it is compared, and with what happened meanwhile. */
import { useMemo, type ComponentType } from 'react';
import type { FormatOptions, PanelDefinition } from '@perses-dev/core';
import type { TimeRangeValue } from '@perses-dev/core/dist/model/time';
import { TimeZoneProvider, useTimeZone } from '@perses-dev/components';
import { TimeRangeContext, useTimeRange, type PanelProps } from '@perses-dev/plugin-system';
import type { TimeSeriesChartOptions } from '@perses-dev/timeseries-chart-plugin/lib/time-series-chart-model';
import { deferred } from '../../feedback/deferred';
import { withReadableColors } from '../../perses/contrast';
import { useTokens } from '../../perses/use-tokens';
import { useAnnotations } from '../annotations/use-annotations';
import { comparisonName, comparisonSuffix } from '../time/comparison';
import { browserZone } from '../time/time-zone';
import { comparedChart, distinctChart, type Answered } from './series-styles';
import { differenceText } from './difference';
import { usePanelsView } from './panels-view';
import { pickedRange, zonedAnswers } from './zoned';
import styles from './panels.module.css';

const AnnotationMarkers = deferred(() => import('../annotations/AnnotationMarkers'), () => null);

export interface PanelContentProps {
  readonly component: ComponentType<PanelProps<unknown>>;
  readonly definition: PanelDefinition;
  readonly results: Answered[];
  readonly compared: readonly Answered[];
  readonly format: FormatOptions | undefined;
  readonly dimensions: { readonly width: number; readonly height: number };
}

export function PanelContent({ component: Content, definition, results, compared, format, dimensions }: PanelContentProps) {
  const { compare } = usePanelsView();
  const { isOn: areEventsOn } = useAnnotations();
  const { series: palette, background } = useTokens();
  const { kind, spec: written } = definition.spec.plugin;
  const spec = useMemo(() => (figuresAndLimits.includes(kind) ? withReadableColors(written, background) : written), [kind, written, background]);
  const isCompared = compare !== undefined && compared.length > 0;
  const chart = useMemo(() => {
    if (kind !== 'TimeSeriesChart') {
      return { spec, results };
    }
    // A panel of this kind has a spec of this kind; Perses's component reads it the same way.
    const options = spec as TimeSeriesChartOptions;
    return isCompared ? comparedChart(options, results, compared, comparisonSuffix(compare), palette) : distinctChart(options, results, palette);
  }, [isCompared, compare, kind, spec, results, compared, palette]);
  const difference = isCompared && kind === 'StatChart' && dimensions.height >= leastHeight ? differenceText(calculationOf(spec), dataOf(results), dataOf(compared), format, comparisonName(compare)) : undefined;
  const figure = difference === undefined ? dimensions : { ...dimensions, height: Math.max(0, dimensions.height - differenceHeight) };
  return (
    <>
      {kind === 'TimeSeriesChart' ? (
        <ZonedChart component={Content} spec={chart.spec} contentDimensions={figure} definition={definition} queryResults={chart.results} />
      ) : (
        <Content spec={difference === undefined ? chart.spec : withFontSize(chart.spec)} contentDimensions={figure} definition={definition} queryResults={chart.results} />
      )}
      {kind === 'TimeSeriesChart' && areEventsOn && <AnnotationMarkers />}
      {difference !== undefined && (
        <p className={styles['difference']} title={difference} data-testid="panel-difference">
          {difference}
        </p>
      )}
    </>
  );
}

/** Kinds of panels with colours that are read as text or as thin lines; those of areas are as their authors chose them. */
const figuresAndLimits = ['StatChart', 'GaugeChart', 'TimeSeriesChart'];

interface ZonedChartProps extends Omit<PanelProps<unknown>, 'queryResults'> {
  readonly component: ComponentType<PanelProps<unknown>>;
  readonly queryResults: readonly Answered[];
}

/** A chart over time in the time zone that is chosen. */
function ZonedChart({ component: Content, queryResults, ...props }: ZonedChartProps) {
  const { timeZone } = useTimeZone();
  const range = useTimeRange();
  const isLocal = timeZone === browserZone();
  const results = useMemo(() => (isLocal ? [...queryResults] : zonedAnswers(queryResults, timeZone)), [isLocal, queryResults, timeZone]);
  const zonedRange = useMemo(() => (isLocal ? range : { ...range, setTimeRange: (value: TimeRangeValue) => range.setTimeRange(pickedRange(value, timeZone)) }), [isLocal, range, timeZone]);
  return (
    <TimeZoneProvider timeZone="local">
      <TimeRangeContext.Provider value={zonedRange}>
        <Content {...props} queryResults={results} />
      </TimeRangeContext.Provider>
    </TimeZoneProvider>
  );
}

/** A figure that is lower than this, in pixels, has no room for the difference; the panel's table shows both. */
const leastHeight = 60;

/** Height of the line with the difference, in pixels. */
const differenceHeight = 24;

/** A figure that makes room for that line stays as large as its colour needs it to be to be read: WCAG's large text, bold. */
const withFontSize = (spec: unknown): unknown => (typeof spec === 'object' ? { valueFontSize: 20, ...spec } : spec);

const dataOf = (results: readonly Answered[]) => results.map(({ data }) => data);

const calculationOf = (spec: unknown): unknown => (typeof spec === 'object' && spec !== null && 'calculation' in spec ? spec.calculation : undefined);
