/** `must-gather`, unpacked by the tar of this machine. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { listen } from '../lib/identity/testing/listen';
import { folderWith, runCommand } from './testing/terminal';

const secrets = { OBSERVABILITY_SESSION_SECRET: 'session-secret-session-secret-1234', OBSERVABILITY_CLIENT_SECRET: 'client-secret', OBSERVABILITY_AUDIT_KEY: 'audit-key-audit-key-audit-key-1234' };
const token = 'token-of-an-administrator';

/** An app that knows one administrator. */
async function startApp(): Promise<string> {
  const server = createServer((request, response) => {
    const answers: Record<string, string> = { '/api/health/ready': '{"status":"degraded"}', '/metrics': 'odh_observability_build_info 1\n', '/api/v1/dashboards?metadata_only=true': '[]', '/api/recent-errors': '{"lines":["gone"]}' };
    const needsToken = /^\/api\/(?:v1|recent)/.test(request.url ?? '');
    const body = answers[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : needsToken && request.headers.authorization !== `Bearer ${token}` ? 401 : 200).end(body);
  });
  const { url, close } = await listen(server);
  onTestFinished(close);
  return url;
}

async function gathered(environment: Record<string, string> = {}, address = (url: string): { args: string[]; listen?: object } => ({ args: ['--url', url] })) {
  const { args, listen } = address(await startApp());
  const config = { publicUrl: 'http://127.0.0.1:3000', identity: { issuer: 'http://127.0.0.1:1', clientId: 'app' }, datasources: [{ name: 'prometheus', default: true, url: 'http://127.0.0.1:1' }], ...(listen === undefined ? {} : { listen }) };
  const folder = await folderWith({ 'config.yaml': stringify(config) });
  const ran = await runCommand(['must-gather', ...args], { OBSERVABILITY_CONFIG: join(folder, 'config.yaml'), ...secrets, ...environment });
  writeFileSync(join(folder, 'archive.tar.gz'), ran.bytes ?? '');
  execFileSync('tar', ['-xzf', 'archive.tar.gz'], { cwd: folder });
  const unpacked = join(folder, 'odh-observability');
  const files = Object.fromEntries(readdirSync(unpacked).map((name) => [name, readFileSync(join(unpacked, name), 'utf8')]));
  return { ...ran, files };
}

it('holds what helps, says what it leaves out, and holds no secret', async () => {
  const { code, files, err } = await gathered({ OBSERVABILITY_TOKEN: token });
  expect(code).toBe(0);
  expect(Object.keys(files).sort()).toEqual(['README.txt', 'configuration.json', 'dashboards.json', 'diagnosis.json', 'environment.json', 'errors.json', 'health.json', 'metrics.txt', 'versions.json']);
  expect(JSON.parse(files['configuration.json'] ?? '')).toMatchObject({ publicUrl: 'http://127.0.0.1:3000', limits: { concurrency: expect.any(Number) as number } });
  expect(files['health.json']).toContain('degraded');
  expect(JSON.parse(files['environment.json'] ?? '')).toContain('OBSERVABILITY_AUDIT_KEY');
  expect(files['diagnosis.json']).toContain('ECONNREFUSED');
  expect(files['errors.json']).toContain('gone');
  expect(files['README.txt']).toContain('rights.json: no Kubernetes API is configured.');
  expect(files['README.txt']).toContain('kubectl logs');
  for (const secret of [...Object.values(secrets), token]) expect(JSON.stringify(files) + err).not.toContain(secret);
});

it('asks the app on this machine where no other address is named', async () => {
  const { files } = await gathered({ OBSERVABILITY_TOKEN: token }, (url) => ({ args: [], listen: { host: '0.0.0.0', port: Number(new URL(url).port) } }));
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['health.json', 'metrics.txt', 'errors.json', 'dashboards.json']));
});

it('says what a token would add', async () => {
  const { code, files, err } = await gathered();
  expect(code).toBe(0);
  expect(files['dashboards.json']).toBeUndefined();
  expect(err).toContain('dashboards.json: it needs the access token of an administrator in OBSERVABILITY_TOKEN.');
});

it('is refused for a configuration that is not valid, and for an address that is none', async () => {
  const folder = await folderWith({ 'config.yaml': 'publicUrl: nowhere\n' });
  const refused = await runCommand(['must-gather'], { OBSERVABILITY_CONFIG: join(folder, 'config.yaml'), ...secrets });
  expect([refused.code, refused.bytes]).toEqual([2, undefined]);
  expect(await runCommand(['must-gather', '--url', 'nowhere'])).toMatchObject({ code: 2, err: expect.stringContaining('--url is "nowhere"') as string });
});
