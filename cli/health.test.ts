import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { listen } from '../lib/identity/testing/listen';
import { folderWith, runCommand } from './testing/terminal';

/** `health` of an app that listens on a port of this machine. */
async function health(port: number, host = '127.0.0.1') {
  const config = { publicUrl: 'http://127.0.0.1:3000', listen: { host, port }, identity: { issuer: 'https://sso.example.com', clientId: 'app' }, datasources: [{ name: 'prometheus', default: true, url: 'http://127.0.0.1:9090' }] };
  const folder = await folderWith({ 'config.yaml': stringify(config) });
  return runCommand(['health'], { OBSERVABILITY_CONFIG: join(folder, 'config.yaml'), OBSERVABILITY_SESSION_SECRET: 's'.repeat(32), OBSERVABILITY_CLIENT_SECRET: 'x' });
}

async function serve(status: number): Promise<number> {
  const { url, close } = await listen(createServer((request, response) => response.writeHead(request.url === '/api/health/live' ? status : 404).end()));
  onTestFinished(close);
  return Number(new URL(url).port);
}

it('an app that answers is healthy, also where it listens on every address', async () => {
  const port = await serve(200);
  expect([(await health(port)).code, (await health(port, '0.0.0.0')).code]).toEqual([0, 0]);
});

it('one that fails, or that is not there, is not', async () => {
  expect(await health(await serve(500))).toMatchObject({ code: 1, err: expect.stringContaining('answers 500') as string });
  expect(await health(1)).toMatchObject({ code: 1, err: expect.stringContaining('ECONNREFUSED') as string });
});
