import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts } from '../testing/free-ports';
import { loopback, requireFreePorts } from './ports';

async function twoPorts(): Promise<readonly [number, number]> {
  const [first = 0, second = 0] = await freePorts(2);
  return [first, second];
}

test('a taken port is named with what wants it and the variable that changes it', async () => {
  const [taken, free] = await twoPorts();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(taken, loopback, resolve));
  onTestFinished(() => void server.close());
  const check = requireFreePorts([
    { part: 'the app', port: free, variable: 'DEMO_APP_PORT' },
    { part: 'Prometheus', port: taken, variable: 'DEMO_PROMETHEUS_PORT' },
  ]);
  await expect(check).rejects.toThrow(`Port ${taken}, where Prometheus would listen, is taken. Free it, or set DEMO_PROMETHEUS_PORT to another port.`);
  await expect(check).rejects.not.toThrow('the app');
});

test('two parts that want the same port are told', async () => {
  const [port] = await twoPorts();
  const check = requireFreePorts([
    { part: 'the app', port, variable: 'DEMO_APP_PORT' },
    { part: 'Prometheus', port, variable: 'DEMO_PROMETHEUS_PORT' },
  ]);
  await expect(check).rejects.toThrow(`DEMO_APP_PORT and DEMO_PROMETHEUS_PORT are both ${port}`);
});

test('free ports are fine', async () => {
  const [first, second] = await twoPorts();
  await requireFreePorts([
    { part: 'the app', port: first, variable: 'DEMO_APP_PORT' },
    { part: 'Prometheus', port: second, variable: 'DEMO_PROMETHEUS_PORT' },
  ]);
});
