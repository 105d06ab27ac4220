/** The program `odh-observability`: gives the commands the process that they run in. */
import { run } from './run';

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  write: (bytes) => new Promise((resolve, reject) => process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()))),
  err: (line) => void process.stderr.write(`${line}\n`),
  environment: process.env,
  fetch,
});
