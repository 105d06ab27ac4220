/** From what the queries answered to the figures of a summary. Pure: every case of "nothing there" is decided here. */
import type { ErrorCode } from '../contracts/errors';
import type { Figure, Model, Models, Summary } from '../contracts/summary';
import { figures, levelOf, modelLabel, type FigureDefinition, type FigureName } from './figures';
import type { TrendSeries } from './matrix';

/** What a query came to: its series, or why there are none. */
export type Answer = { readonly series: readonly TrendSeries[] } | { readonly code: ErrorCode };

/** A summary is read at a glance; the serving dashboard has them all. */
export const shownModels = 8;

export function summarize(answers: Readonly<Record<FigureName, Answer>>): Omit<Summary, 'namespace' | 'time' | 'range'> {
  const ofProject = (name: 'trainingJobs' | 'gpuUtilization' | 'activeNotebooks' | 'failedRuns'): Figure =>
    figureOf(figures[name], answers[name], ({ series }) => series[0]);
  return {
    trainingJobs: ofProject('trainingJobs'),
    gpuUtilization: ofProject('gpuUtilization'),
    activeNotebooks: ofProject('activeNotebooks'),
    failedRuns: ofProject('failedRuns'),
    models: modelsOf(answers),
  };
}

/** Which models there are is known from their requests, or, should that have failed, from the other two. */
function modelsOf({ requestRate, errorRate, latencyP95 }: Readonly<Record<'requestRate' | 'errorRate' | 'latencyP95', Answer>>): Models {
  const known = [requestRate, latencyP95, errorRate].find((answer) => 'series' in answer);
  if (known === undefined) {
    return { state: 'failed', code: 'code' in requestRate ? requestRate.code : 'ERR_DATA_001' };
  }
  const byRequests = [...known.series].sort((a, b) => latest(b) - latest(a) || nameOf(a).localeCompare(nameOf(b), 'en'));
  const shown = byRequests.slice(0, shownModels).map((each): Model => {
    const name = nameOf(each);
    const ofModel = ({ series }: { readonly series: readonly TrendSeries[] }) => series.find((candidate) => nameOf(candidate) === name);
    return {
      name,
      requestRate: figureOf(figures.requestRate, requestRate, ofModel),
      errorRate: figureOf(figures.errorRate, errorRate, ofModel),
      latencyP95: figureOf(figures.latencyP95, latencyP95, ofModel),
    };
  });
  return shown.length === 0 ? { state: 'absent', reason: figures.requestRate.absent } : { state: 'measured', shown, total: byRequests.length };
}

function nameOf({ labels }: TrendSeries): string {
  return labels[modelLabel] ?? '';
}

function latest({ values }: TrendSeries): number {
  return values.at(-1) ?? 0;
}

type Found = Extract<Answer, { readonly series: unknown }>;

function figureOf(definition: FigureDefinition, answer: Answer, find: (answer: Found) => TrendSeries | undefined): Figure {
  if ('code' in answer) {
    return { state: 'failed', code: answer.code };
  }
  const series = find(answer);
  const wasThere = series?.values.some((value) => value !== null) ?? false;
  // The last step is now; what was there before is a trend, not a value.
  const value = series?.values.at(-1) ?? (wasThere ? definition.gone : undefined);
  return series === undefined || value === undefined
    ? { state: 'absent', reason: definition.absent }
    : { state: 'measured', value, ...levelOf(definition, value), trend: [...series.values] };
}
