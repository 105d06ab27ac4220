/** What a chart shows in a sentence for each series, for those who cannot see it; the table of the panel has them all. */
import { useMemo } from 'react';
import { formatValue, type FormatOptions } from '@perses-dev/core';
import { texts } from '../../../texts';
import { comparisonSuffix } from '../../time/comparison';
import { usePanelsView } from '../panels-view';
import { summarize } from './summary';
import type { PanelQuery } from '../use-panel-queries';

/** More are in the table. */
const told = 5;

interface PanelSummaryProps {
  readonly results: readonly Required<Pick<PanelQuery, 'data'>>[];
  /** The same of the earlier time that is compared with. */
  readonly compared: readonly Required<Pick<PanelQuery, 'data'>>[];
  readonly format: FormatOptions | undefined;
}

export function PanelSummary({ results, compared, format }: PanelSummaryProps) {
  const { compare } = usePanelsView();
  const series = useMemo(() => summarize(results.map(({ data }) => data)), [results]);
  const earlier = useMemo(() => new Map(summarize(compared.map(({ data }) => data)).map((each) => [each.name, each])), [compared]);
  const text = (value: number): string => formatValue(value, format);
  const said = series.slice(0, told).flatMap((each) => {
    const counterpart = compare === undefined ? undefined : earlier.get(each.name + comparisonSuffix(compare));
    return counterpart === undefined ? [each] : [each, counterpart];
  });
  const sentences = said.map(({ name, latest, min, max, trend }) =>
    latest === undefined || min === undefined || max === undefined
      ? texts.panels.summary.noValues(name)
      : trend === undefined
        ? texts.panels.summary.latest(name, text(latest))
        : texts.panels.summary.series(name, text(latest), text(min), text(max), texts.panels.trends[trend]),
  );
  return series.length === 0 ? null : (
    <p className="pf-v6-screen-reader" data-testid="panel-summary">
      {sentences.join(' ')} {series.length > told && texts.panels.summary.more(series.length - told)}
    </p>
  );
}
