/**
 * The figures of a project's summary, one row each: what is asked, how a value is judged, and what it means that nothing
 * is there. Data; knows no HTTP and no caller. Metrics are those of docs/metrics.md.
 */
import type { Health } from '../contracts/summary';

interface Level {
  /** The level holds from this value on, up to the next level. */
  readonly from: number;
  readonly health: Health;
  readonly word: string;
}

export interface FigureDefinition {
  /**
   * PromQL. `$project` stands for the matcher of the project, in every selector: the caller's scope is added by the
   * query layer, but an administrator has none.
   */
  readonly query: string;
  /** From low to high; the first holds for everything below, too. */
  readonly levels: readonly [Level, ...Level[]];
  /** Why there may be no series. */
  readonly absent: string;
  /** What it is when there were series within the trend, and are none now. Not measured without it. */
  readonly gone?: number;
}

/** Istio counts a request at both ends; the model's end sees those of every client. */
const toModels = '$project, reporter="destination"';
/** Label that tells models apart. */
export const modelLabel = 'destination_canonical_service';

export const figures = {
  trainingJobs: {
    query: 'count(count by (job_name) (odh_training_loss{$project}))',
    levels: [
      { from: 0, health: 'neutral', word: 'None running' },
      { from: 1, health: 'good', word: 'Running' },
    ],
    absent: 'No training job of this project has reported its loss in the last hours.',
    gone: 0,
  },
  gpuUtilization: {
    query: 'avg(DCGM_FI_DEV_GPU_UTIL{$project})',
    // The levels of the training dashboard.
    levels: [
      { from: 0, health: 'warning', word: 'Mostly idle' },
      { from: 50, health: 'neutral', word: 'Partly waiting' },
      { from: 80, health: 'good', word: 'Busy' },
    ],
    absent: 'No pod of this project holds a GPU.',
  },
  activeNotebooks: {
    // A comparison leaves nothing where no notebook fits; there are notebooks all the same, so that is zero.
    query:
      'count(time() - odh_notebook_last_activity_timestamp_seconds{$project} < 3600) or 0 * count(odh_notebook_last_activity_timestamp_seconds{$project})',
    levels: [
      { from: 0, health: 'neutral', word: 'All idle' },
      { from: 1, health: 'good', word: 'In use' },
    ],
    absent: 'No notebook of this project is running.',
    gone: 0,
  },
  failedRuns: {
    query:
      'round(sum(increase(odh_pipeline_runs_total{$project, status="Failed"}[24h]))) or 0 * sum(odh_pipeline_runs_total{$project})',
    levels: [
      { from: 0, health: 'good', word: 'None failed' },
      { from: 1, health: 'warning', word: 'Some failed' },
      { from: 5, health: 'critical', word: 'Many failed' },
    ],
    absent: 'No pipeline of this project has run.',
  },
  requestRate: {
    query: `sum by (${modelLabel}) (rate(istio_requests_total{${toModels}}[5m]))`,
    levels: [
      { from: 0, health: 'neutral', word: 'No requests' },
      { from: Number.MIN_VALUE, health: 'good', word: 'Serving' },
    ],
    absent: 'No model of this project reports requests.',
  },
  errorRate: {
    // In per cent. Without any 5xx so far there is no series of them; the rate is zero all the same.
    query: `100 * (sum by (${modelLabel}) (rate(istio_requests_total{${toModels}, response_code=~"5.."}[5m])) or 0 * sum by (${modelLabel}) (rate(istio_requests_total{${toModels}}[5m]))) / sum by (${modelLabel}) (rate(istio_requests_total{${toModels}}[5m]))`,
    // 0.5 % is the objective of the serving dashboard.
    levels: [
      { from: 0, health: 'good', word: 'Healthy' },
      { from: 0.5, health: 'warning', word: 'Elevated' },
      { from: 5, health: 'critical', word: 'High' },
    ],
    absent: 'The model had no requests in the last five minutes.',
  },
  latencyP95: {
    // In milliseconds.
    query: `histogram_quantile(0.95, sum by (${modelLabel}, le) (rate(istio_request_duration_milliseconds_bucket{${toModels}}[5m])))`,
    // 300 ms is the objective of the serving dashboard.
    levels: [
      { from: 0, health: 'good', word: 'Fast' },
      { from: 300, health: 'warning', word: 'Slow' },
      { from: 1000, health: 'critical', word: 'Very slow' },
    ],
    absent: 'The model had no requests in the last five minutes.',
  },
} as const satisfies Record<string, FigureDefinition>;

export type FigureName = keyof typeof figures;

// The keys of the literal above are exactly the names; `Object.keys` cannot know.
export const figureNames = Object.keys(figures) as FigureName[];

/** The query of a figure for one project. */
export function projectQuery({ query }: FigureDefinition, scopeLabel: string, namespace: string): string {
  return query.replaceAll('$project', `${scopeLabel}=${JSON.stringify(namespace)}`);
}

/** The level that a value is on. */
export function levelOf({ levels }: FigureDefinition, value: number): Pick<Level, 'health' | 'word'> {
  const { health, word } = levels.findLast(({ from }) => from <= value) ?? levels[0];
  return { health, word };
}
