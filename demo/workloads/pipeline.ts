/**
 * How a pipeline behaves: when it runs, how long each run and step takes, and which fail. Runs are numbered from the
 * beginning of counters, so what has happened until a time is a sum over the runs before it. Knows no metric name.
 */
import { cumulative, type Cumulative } from './profile';
import { counterStart, day, jitter, type Signal } from './signal';

export interface StepSpec {
  readonly component: string;
  /** Share of a run's time. */
  readonly share: number;
  readonly cpuCores: number;
  readonly memoryGiB: number;
}

export interface PipelineSpec {
  readonly namespace: string;
  readonly name: string;
  /** A part of a day. */
  readonly everySeconds: number;
  /** Seconds after midnight, UTC. */
  readonly firstAt: number;
  readonly runSeconds: number;
  readonly steps: readonly StepSpec[];
  readonly artifacts: readonly { readonly name: string; readonly bytes: number }[];
  /** The step at which a run fails, if it does. */
  readonly failsAt: (run: number) => string | undefined;
  /** A slot of the day (from 0) whose run takes three times as long. */
  readonly slowSlot?: number;
}

export interface PipelineStep {
  readonly spec: StepSpec;
  /** Seconds, in the last run that reached it. */
  readonly duration: Signal;
  readonly succeeded: Signal;
  readonly failed: Signal;
  readonly cpuSeconds: Signal;
  readonly memoryBytes: Signal;
}

export interface Pipeline {
  readonly spec: PipelineSpec;
  /** Runs that recur at the same time of each day; seconds since they began while they run, NaN else. */
  readonly slots: readonly { readonly run: string; readonly elapsed: Signal }[];
  readonly running: Signal;
  readonly started: Signal;
  readonly succeeded: Signal;
  readonly failed: Signal;
  /** Seconds since the epoch. */
  readonly lastEnd: Signal;
  /** Finished runs by duration, as a histogram has them. */
  readonly durations: { readonly buckets: readonly { readonly bound: number; readonly total: Signal }[]; readonly sum: Signal; readonly count: Signal };
  readonly steps: readonly PipelineStep[];
  readonly artifacts: readonly { readonly name: string; readonly bytes: Signal }[];
}

const durationBounds = [60, 120, 300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200, 10_800];

/** `0400` for the second of the day of four o'clock. */
function clock(second: number): string {
  const part = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${part(second / 3600)}${part((second % 3600) / 60)}`;
}

export function pipeline(spec: PipelineSpec): Pipeline {
  const { name, everySeconds, firstAt, runSeconds, steps, failsAt, slowSlot } = spec;
  const perDay = day / everySeconds;
  const luck = jitter(`${name}/duration`);
  const start = (run: number) => counterStart + firstAt + run * everySeconds;
  const failedStep = (run: number) => steps.findIndex(({ component }) => component === failsAt(run));
  /** Shares of the steps up to the one that failed, that one included. */
  const share = (run: number) => (failedStep(run) < 0 ? 1 : steps.slice(0, failedStep(run) + 1).reduce((sum, step) => sum + step.share, 0));
  const duration = (run: number) => runSeconds * share(run) * (1 + 0.12 * luck(run)) * (run % perDay === slowSlot ? 3 : 1);

  const current = (time: number) => Math.floor((time - counterStart - firstAt) / everySeconds);
  const isRunning = (time: number) => time < start(current(time)) + duration(current(time));
  const finished = (time: number) => (isRunning(time) ? current(time) : current(time) + 1);
  const tally = (value: (run: number) => number): Signal => {
    const sums: Cumulative = cumulative(value);
    return (time) => sums.before(finished(time));
  };

  const reached = (index: number) => (run: number) => failedStep(run) < 0 || failedStep(run) >= index;
  const lastThat = (time: number, holds: (run: number) => boolean) => {
    let run = finished(time) - 1;
    while (!holds(run)) run -= 1;
    return run;
  };

  return {
    spec,
    slots: Array.from({ length: perDay }, (_, slot) => ({
      run: `${name}-${clock((firstAt + slot * everySeconds) % day)}`,
      elapsed: (time) => (isRunning(time) && current(time) % perDay === slot ? Math.round(time - start(current(time))) : Number.NaN),
    })),
    running: (time) => (isRunning(time) ? 1 : 0),
    started: (time) => current(time) + 1,
    succeeded: tally((run) => (failedStep(run) < 0 ? 1 : 0)),
    failed: tally((run) => (failedStep(run) < 0 ? 0 : 1)),
    lastEnd: (time) => Math.round(start(finished(time) - 1) + duration(finished(time) - 1)),
    durations: {
      buckets: durationBounds.map((bound) => ({ bound, total: tally((run) => (duration(run) <= bound ? 1 : 0)) })),
      sum: tally((run) => Math.round(duration(run))),
      count: tally(() => 1),
    },
    steps: steps.map((step, index) => {
      const own = jitter(`${name}/${step.component}`);
      const seconds = (run: number) => (duration(run) / share(run)) * step.share * (1 + 0.08 * own(run));
      const last = (time: number) => lastThat(time, reached(index));
      return {
        spec: step,
        duration: (time) => Math.round(seconds(last(time)) * 10) / 10,
        succeeded: tally((run) => (reached(index)(run) && failedStep(run) !== index ? 1 : 0)),
        failed: tally((run) => (failedStep(run) === index ? 1 : 0)),
        cpuSeconds: tally((run) => (reached(index)(run) ? Math.round(seconds(run) * step.cpuCores) : 0)),
        memoryBytes: (time) => Math.round(step.memoryGiB * 2 ** 30 * (1 + 0.06 * own(last(time) + 1))),
      };
    }),
    artifacts: spec.artifacts.map(({ name: artifact, bytes }) => {
      const own = jitter(`${name}/${artifact}`);
      return { name: artifact, bytes: (time) => Math.round(bytes * (1 + 0.05 * own(lastThat(time, (run) => failedStep(run) < 0)))) };
    }),
  };
}
