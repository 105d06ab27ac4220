import { describe, expect, it } from 'vitest';
import type { Handler } from '../http/handler';
import { createLogger } from '../telemetry/logger';
import { createHealth, type Dependency } from './health';

const works = (name: string, detail?: string): Dependency => ({ name, check: () => Promise.resolve(detail) });
const fails = (name: string): Dependency => ({ name, check: () => Promise.reject(new Error('connect ECONNREFUSED http://10.0.0.7:9090')) });

function setUp(dependencies: Dependency[]) {
  const lines: Record<string, unknown>[] = [];
  let clock = 0;
  const log = createLogger('info', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  const health = createHealth({ dependencies, log, now: () => clock });
  const ask = async (handler: Handler) => {
    const response = await handler(new Request('http://app/'), { params: {}, requestId: 'r', log, responseHeaders: new Headers() });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  return { health, ask, lines, pass: (milliseconds: number) => (clock += milliseconds) };
}

describe('readiness', () => {
  it('lists each dependency', async () => {
    const { health, ask } = setUp([works('datasource prometheus'), works('dashboards', '3 loaded')]);
    expect(await ask(health.ready)).toEqual({
      status: 200,
      body: { status: 'ready', checks: [{ name: 'datasource prometheus', status: 'up' }, { name: 'dashboards', status: 'up', detail: '3 loaded' }] },
    });
  });

  it('stays when a dependency is missing, and tells which, but neither where nor why', async () => {
    const { health, ask, lines } = setUp([fails('datasource prometheus'), works('dashboards')]);
    expect(await ask(health.ready)).toEqual({
      status: 200,
      body: { status: 'degraded', checks: [{ name: 'datasource prometheus', status: 'down' }, { name: 'dashboards', status: 'up' }] },
    });
    expect(lines).toMatchObject([{ level: 'warn', dependency: 'datasource prometheus', err: { message: 'connect ECONNREFUSED http://10.0.0.7:9090' } }]);
  });

  it('ends when nothing works', async () => {
    const { health, ask } = setUp([fails('datasource prometheus'), fails('dashboards')]);
    expect(await ask(health.ready)).toMatchObject({ status: 503, body: { status: 'unavailable' } });
  });

  it('ends when the process is stopping; liveness does not', async () => {
    const { health, ask } = setUp([works('dashboards')]);
    health.beginShutdown();
    expect(await ask(health.ready)).toMatchObject({ status: 503 });
    expect(await ask(health.live)).toEqual({ status: 200, body: { status: 'up' } });
  });

  it('asks the dependencies once in a while, however often it is asked itself', async () => {
    let checks = 0;
    const { health, ask, pass } = setUp([{ name: 'a', check: () => ((checks += 1), Promise.resolve(undefined)) }]);
    await Promise.all([ask(health.ready), ask(health.ready)]);
    expect(checks).toBe(1);
    pass(5_001);
    await ask(health.ready);
    expect(checks).toBe(2);
  });

  it('logs when a dependency fails and when it works again, not every time', async () => {
    let broken = true;
    const { health, ask, lines, pass } = setUp([works('b'), { name: 'a', check: () => (broken ? Promise.reject(new Error('down')) : Promise.resolve(undefined)) }]);
    for (const state of [true, true, false, false]) {
      broken = state;
      await ask(health.ready);
      pass(5_001);
    }
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      ['warn', 'dependency does not work'],
      ['info', 'dependency works again'],
    ]);
  });
});
