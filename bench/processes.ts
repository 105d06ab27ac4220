/** What a process takes of the machine: processor time and memory, which other work on the machine changes little. */
import { readFile } from 'node:fs/promises';

export interface Use {
  /** Since it started, user and system time. */
  readonly processorSeconds: number;
  readonly residentBytes: number;
}

/** Of a process of this machine (proc(5)); a tick is a hundredth of a second on Linux. */
export async function useOf(pid: number): Promise<Use> {
  const [stat, status] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/status`, 'utf8')]);
  // After the name, which may hold spaces: state is field 3, utime 14, stime 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const resident = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return { processorSeconds: (Number(fields[11]) + Number(fields[12])) / 100, residentBytes: Number(resident) * 1024 };
}

/** Values of metrics that have one series, from a page in Prometheus's format. */
export async function metricsOf(url: string): Promise<(name: string) => number> {
  const text = await (await fetch(url)).text();
  return (name) => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1]);
}

/** Sum of all series of a metric. */
export async function sumOf(url: string, name: string): Promise<number> {
  const text = await (await fetch(url)).text();
  return [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].reduce((sum, [, value]) => sum + Number(value), 0);
}
