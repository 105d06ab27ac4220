/**
 * The query path beside its own upstream: what it adds to Prometheus's own time, and how that compares with a plain
 * reverse proxy.
 */
import { load, type LoadResult } from './load';

const seconds = 5;
const warmUpSeconds = 2;

export interface Target {
  name: string;
  origin: string;
  path: string;
  headers: Record<string, string>;
}

/**
 * Prints, at each number of connections, requests per second and latency of each target, the latency that it adds to
 * `direct`, and its median as a multiple of that of `proxy`.
 *
 * @param direct Prometheus itself
 * @param proxy the least that stands between a browser and Prometheus
 */
export async function benchQueryPath(direct: Target, proxy: Target, targets: Target[], connectionCounts: number[]): Promise<void> {
  console.log(`\nQuery path (one instant query, ${seconds} s each; added: to Prometheus directly; ×: median in multiples of the plain reverse proxy's)`);
  for (const connections of connectionCounts) {
    console.log(`${connections} connection${connections === 1 ? '' : 's'}`);
    const reference = await measure(direct, connections);
    report(direct.name, reference);
    const plain = await measure(proxy, connections);
    report(proxy.name, plain, reference);
    for (const target of targets) report(target.name, await measure(target, connections), reference, plain);
  }
}

async function measure({ name: _, ...request }: Target, connections: number): Promise<LoadResult> {
  await load({ ...request, connections, seconds: warmUpSeconds });
  return load({ ...request, connections, seconds });
}

function report(name: string, result: LoadResult, direct?: LoadResult, plain?: LoadResult): void {
  const added = direct && `  added: median ${(result.medianMilliseconds - direct.medianMilliseconds).toFixed(2)} ms, p99 ${(result.p99Milliseconds - direct.p99Milliseconds).toFixed(1)} ms`;
  const ratio = plain && `  ${(result.medianMilliseconds / plain.medianMilliseconds).toFixed(2)}×`;
  console.log(
    `  ${name.padEnd(36)} ${result.requestsPerSecond.toFixed(0).padStart(6)} requests/s  ` +
      `median ${result.medianMilliseconds.toFixed(2)} ms  p99 ${result.p99Milliseconds.toFixed(1)} ms${added ?? ''}${ratio ?? ''}`,
  );
}
