// Shows the steps of a start: what runs now, how far it is, how long it took. Knows nothing of what the steps do.
// Plain JavaScript without packages, because the first step installs them.
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Without a terminal a progress line is printed at most this often: a log stays readable. */
const plainProgressInterval = 5000;

/**
 * @param output stream to write to; on a terminal the running step's line is rewritten in place
 */
export function createSteps(output = process.stdout) {
  const created = performance.now();
  const width = () => output.columns ?? 80;

  return {
    elapsed: () => seconds(performance.now() - created),

    print: (line) => void output.write(`${line}\n`),

    /**
     * Runs one step. `work` gets a function that reports progress; the last report stays on the step's line.
     * Resolves with what `work` resolves with; a failure is shown and thrown on.
     */
    async run(title, work) {
      const started = performance.now();
      let detail = '';
      let lastPlain = started;
      const line = (mark) => `${mark} ${title}${detail === '' ? '' : ` — ${detail}`}  ${seconds(performance.now() - started)}`;
      const draw = () => output.write(`\r\x1b[2K${line('…').slice(0, width() - 1)}`);
      const ticker = output.isTTY ? setInterval(draw, 250) : undefined;
      const finish = (mark) => {
        clearInterval(ticker);
        output.write(`${output.isTTY ? '\r\x1b[2K' : ''}${line(mark)}\n`);
      };
      const report = (text) => {
        detail = text;
        if (output.isTTY) {
          draw();
        } else if (performance.now() - lastPlain >= plainProgressInterval) {
          lastPlain = performance.now();
          output.write(`${line('…')}\n`);
        }
      };
      if (output.isTTY) draw();
      try {
        const result = await work(report);
        finish('✓');
        return result;
      } catch (error) {
        finish('✗');
        throw error;
      }
    },
  };
}
