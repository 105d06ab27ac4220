/** The app on its own machine, over real handshakes, with certificates that openssl makes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { listen } from '../lib/identity/testing/listen';
import { ownFetch, ownUrl } from './own-app';

let folder: string;
const file = (name: string): string => join(folder, name);
const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-app-'));
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...key, '-days', '2', '-subj', '/CN=ca', '-keyout', 'ca.key', '-out', 'ca.crt');
  for (const name of ['own', 'foreign']) {
    // For the name that others know it by, as in a cluster.
    openssl('req', ...key, '-subj', `/CN=${name}.opendatahub.svc`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-out', `${name}.crt`);
  }
  writeFileSync(file('chain.crt'), readFileSync(file('own.crt'), 'utf8') + readFileSync(file('ca.crt'), 'utf8'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What an app answers that shows one certificate, to who has another one in its configuration. */
async function answer(shown: string, configured: string): Promise<string> {
  const server = createServer({ cert: readFileSync(file(shown)), key: readFileSync(file(shown.replace('chain', 'own').replace('.crt', '.key'))) }, (request, response) => {
    response.writeHead(503).end(`${request.url ?? ''} for ${request.headers.authorization ?? 'nobody'}`);
  });
  const { url, close } = await listen(server);
  onTestFinished(close);
  const settings = { host: '0.0.0.0', port: Number(new URL(url).port), tls: { certFile: file(configured), keyFile: file('own.key') } };
  const response = await ownFetch(settings)(`${ownUrl(settings, settings.port)}/api/health/ready`, { headers: { authorization: 'Bearer x' } });
  return `${response.status} ${await response.text()}`;
}

it.each(['own.crt', 'chain.crt'])('is trusted by the certificate of its configuration: %s', async (name) => {
  expect(await answer(name, name)).toBe('503 /api/health/ready for Bearer x');
});

it('is not when it shows another one, even of the same authority', async () => {
  await expect(answer('foreign.crt', 'own.crt')).rejects.toThrow('unable to');
});

it('cannot be asked where the certificate is not there', async () => {
  await expect(answer('own.crt', 'nowhere.crt')).rejects.toThrow('ENOENT');
});

it.each([
  ['127.0.0.1', 'http://127.0.0.1:8080'],
  ['0.0.0.0', 'http://127.0.0.1:8080'],
  ['::', 'http://[::1]:8080'],
])('listening on %s, is asked at %s', (host, url) => {
  expect(ownUrl({ host, port: 8080 }, 8080)).toBe(url);
});
