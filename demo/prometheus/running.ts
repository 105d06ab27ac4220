/** Checks a Prometheus that someone else runs. */
import { SetupError } from '../setup/index.mjs';

/** @throws SetupError when Prometheus does not answer at `url` */
export async function requirePrometheus(url: string): Promise<void> {
  const failure = await fetch(`${url}/api/v1/status/buildinfo`, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => (response.ok ? undefined : `the answer there is ${response.status}`),
    () => 'nothing answers there',
  );
  if (failure !== undefined) throw new SetupError(`PROMETHEUS_URL is ${url}, but ${failure} to /api/v1/status/buildinfo.`);
}
