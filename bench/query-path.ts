/** The query path beside its own upstream: Prometheus directly, through the production server, through a Next route. */
import { load } from './load';

const seconds = 5;
const warmUpSeconds = 2;

export interface Target {
  name: string;
  origin: string;
  path: string;
  headers: Record<string, string>;
}

/** Prints requests per second and latency of each target, and the ratio to the first one, at each number of connections. */
export async function benchQueryPath(targets: Target[], connectionCounts: number[]): Promise<void> {
  console.log(`\nQuery path (one instant query, ${seconds} s each; ratios are to the first line of a group)`);
  for (const connections of connectionCounts) {
    console.log(`${connections} connection${connections === 1 ? '' : 's'}`);
    let reference: Awaited<ReturnType<typeof load>> | undefined;
    for (const { name, ...request } of targets) {
      await load({ ...request, connections, seconds: warmUpSeconds });
      const result = await load({ ...request, connections, seconds });
      reference ??= result;
      console.log(
        `  ${name.padEnd(30)} ${result.requestsPerSecond.toFixed(0).padStart(6)} requests/s (${(result.requestsPerSecond / reference.requestsPerSecond).toFixed(2)}×)  ` +
          `median ${result.medianMilliseconds.toFixed(2)} ms (${(result.medianMilliseconds / reference.medianMilliseconds).toFixed(2)}×)  p99 ${result.p99Milliseconds.toFixed(1)} ms`,
      );
    }
  }
}
