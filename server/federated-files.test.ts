import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFederatedFiles } from './federated-files';

const entry = '_next/static/chunks/remoteEntry.js';
const chunk = '_next/static/chunks/607.257f54208efada5a.js';
const content = 'self.answer = 42;\n'.repeat(100);

let directory: string;
let server: Server;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'federated-files-'));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(directory, 'federation', path)), { recursive: true });
    await writeFile(join(directory, 'federation', path), text);
    await writeFile(join(directory, 'federation', `${path}.br`), brotliCompressSync(text));
    await writeFile(join(directory, 'federation', `${path}.gz`), gzipSync(text));
  };
  await write(entry, content);
  await write(chunk, content);
  await write('_next/static/chunks/mf-manifest.json', '{}');
  await writeFile(join(directory, 'secret.js'), 'not published');
  server = createServer(await createFederatedFiles(join(directory, 'federation')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true });
});

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<IncomingMessage & { body: Buffer }> {
  return new Promise((resolve, reject) => {
    // A listening TCP server's address is an object.
    request({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, path, headers, method, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve(Object.assign(response, { body: Buffer.concat(parts) })));
    })
      .on('error', reject)
      .end();
  });
}

describe('how long a browser may keep a file', () => {
  it.each([
    [chunk, 'public, max-age=31536000, immutable'],
    [entry, 'no-cache'],
    ['_next/static/chunks/mf-manifest.json', 'no-cache'],
  ])('%s: %s', async (path, expected) => {
    const response = await get(`/federation/${path}`);
    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe(expected);
  });

  it('an entry that has not changed is not sent again', async () => {
    const first = await get(`/federation/${entry}`);
    const second = await get(`/federation/${entry}`, { 'if-none-match': first.headers.etag ?? '' });
    expect(second.statusCode).toBe(304);
    expect(second.body).toHaveLength(0);
  });

  it('a chunk that is missing is not remembered as missing', async () => {
    const response = await get('/federation/_next/static/chunks/1.0000000000000000.js');
    expect(response.statusCode).toBe(404);
    expect(response.headers['cache-control']).toBe('no-store');
  });
});

describe('what is sent', () => {
  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', undefined],
  ])('to a caller who accepts %s: %s', async (accepted, encoding) => {
    const response = await get(`/federation/${chunk}?x=1`, { 'accept-encoding': accepted });
    expect(response.headers['content-encoding']).toBe(encoding);
    expect(response.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(response.headers.vary).toBe('accept-encoding');
    const text = encoding === 'br' ? brotliDecompressSync(response.body) : encoding === 'gzip' ? gunzipSync(response.body) : response.body;
    expect(text.toString()).toBe(content);
  });

  it('HEAD tells of a file and does not send it', async () => {
    const response = await get(`/federation/${chunk}`, {}, 'HEAD');
    expect(response.headers['content-length']).toBe(String(content.length));
    expect(response.body).toHaveLength(0);
  });

  it.each(['/federation/../secret.js', '/federation/%2e%2e/secret.js', '/federation/', '/federation/_next', `/federation/${chunk}.br`])(
    'nothing but published files: %s',
    async (path) => {
      expect((await get(path)).statusCode).toBe(404);
    },
  );

  it('takes nothing', async () => {
    expect((await get(`/federation/${chunk}`, {}, 'POST')).statusCode).toBe(405);
  });
});
