/** The server with TLS, over real handshakes, with certificates that openssl makes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ConfigError } from '../lib/config/problems';
import { createLogger } from '../lib/telemetry/logger';
import { readCertificates, type Certificates } from './certificates';
import { listen, type ListeningServer } from './listen';

let folder: string;
const closed: (() => unknown)[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  for (const name of ['first', 'second']) {
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`];
    execFileSync('openssl', [...args, '-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.crt`)], { stdio: 'ignore' });
  }
});
afterEach(async () => {
  await Promise.all(closed.splice(0).map((close) => close()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const interval = 20;
const files = () => ({ certFile: join(folder, 'tls.crt'), keyFile: join(folder, 'tls.key') });

/** Turns the links that the server reads through, as Kubernetes does with the files of a secret. */
function mount(certificate: string, key = certificate): void {
  for (const [link, target] of [
    ['tls.key', `${key}.key`],
    ['tls.crt', `${certificate}.crt`],
  ] as const) {
    symlinkSync(target, join(folder, 'next'));
    renameSync(join(folder, 'next'), join(folder, link));
  }
}

async function start(): Promise<{ server: ListeningServer; log: string[] }> {
  const log: string[] = [];
  const certificates: Certificates = readCertificates(files(), { log: createLogger('info', { write: (line) => void log.push(line) }), interval });
  const answer = (_: unknown, outgoing: { end: (text: string) => unknown }) => void outgoing.end('answered');
  const server = await listen({ host: '127.0.0.1', port: 0, certificates, api: answer, files: answer, pages: answer });
  closed.push(certificates.close, () => server.close(0));
  return { server, log };
}

function handshake(port: number, options = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options }, () => resolve(socket));
    socket.on('error', reject);
    closed.push(() => socket.destroy());
  });
}

const nameAt = async (port: number) => (await handshake(port)).getPeerX509Certificate()?.subject;

/** Everything that comes back on a connection until the server closes it. */
function ask(socket: TLSSocket): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString())).on('close', () => resolve(answer));
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  });
}

describe('a server with a certificate', () => {
  it('answers over TLS 1.2 and 1.3, and neither over older ones nor in clear', async () => {
    mount('first');
    const { server } = await start();
    for (const version of ['TLSv1.2', 'TLSv1.3']) {
      const socket = await handshake(server.port, { minVersion: version, maxVersion: version });
      expect([socket.getProtocol(), await ask(socket)]).toEqual([version, expect.stringMatching(/^HTTP\/1\.1 200 [^]*answered/)]);
    }
    // The client would speak it, were the server to.
    await expect(handshake(server.port, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).rejects.toThrow(/protocol version|wrong version/);
    await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow();
  });

  it('shows a renewed one to new connections without a restart, and cuts off nobody who is there', async () => {
    mount('first');
    const { server, log } = await start();
    const early = await handshake(server.port);
    mount('second');
    await vi.waitFor(async () => expect(await nameAt(server.port)).toBe('CN=second'));
    expect(early.getPeerX509Certificate()?.subject).toBe('CN=first');
    expect(await ask(early)).toContain('answered');
    expect(log.filter((line) => line.includes('TLS certificate in use')).map((line) => (JSON.parse(line) as { subject: string }).subject)).toEqual(['CN=first', 'CN=second']);
  });

  it('keeps the one it has while the files cannot be used, says so once, and takes the next one that can', async () => {
    mount('first');
    const { server, log } = await start();
    const warnings = () => log.filter((line) => line.includes('the one before stays'));
    mount('second', 'first');
    await vi.waitFor(() => expect(warnings()).toHaveLength(1));
    // Many looks later.
    await new Promise((resolve) => setTimeout(resolve, 10 * interval));
    expect([await nameAt(server.port), warnings()]).toEqual(['CN=first', [expect.stringContaining('does not belong to the certificate')]]);
    mount('second');
    await vi.waitFor(async () => expect(await nameAt(server.port)).toBe('CN=second'));
    // No part of a key is ever logged.
    const secret = readFileSync(join(folder, 'second.key'), 'utf8').split('\n')[1] ?? '';
    expect(secret).not.toBe('');
    expect(log.join('')).not.toContain(secret);
  });
});

describe('a server does not start', () => {
  const log = createLogger('error', { write: () => undefined });
  const start = (certFile: string, keyFile: string) => () => readCertificates({ certFile: join(folder, certFile), keyFile: join(folder, keyFile) }, { log });

  it.each([
    ['without the certificate', 'none.crt', 'first.key', /listen\.tls\.certFile cannot be used: .*none\.crt: ENOENT/],
    ['without the key', 'first.crt', 'none.key', /listen\.tls\.keyFile cannot be used: .*none\.key: ENOENT/],
    ['with a key for a certificate', 'first.key', 'first.key', /listen\.tls\.certFile cannot be used/],
    ['with the key of another certificate', 'first.crt', 'second.key', /second\.key \(listen\.tls\.keyFile\) does not belong/],
  ])('%s', (_, certFile, keyFile, message) => {
    expect(start(certFile, keyFile)).toThrow(message);
    expect(start(certFile, keyFile)).toThrow(ConfigError);
  });

  it('with an empty file', () => {
    writeFileSync(join(folder, 'empty.crt'), '');
    expect(start('empty.crt', 'first.key')).toThrow(ConfigError);
  });
});
