/**
 * Serves the federated modules, which a host's server proxies: compressed when they were built, hashed chunks for good,
 * the entry and its manifest asked for anew each time. Which files there are is read once, at the start; nothing that is
 * not on that list is opened. Knows neither hosts nor what the files do.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

export const federatedPrefix = '/federation/';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
};

/** The best first, with the ending of the file beside. */
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

interface PublishedFile {
  readonly path: string;
  readonly size: number;
  /** From the content, which is the same on every replica; the entry keeps its name from build to build. */
  readonly tag: string;
}

/** @param directory the published files; one that is missing has none */
export async function createFederatedFiles(directory: string): Promise<RequestListener> {
  const files = await readFiles(directory);
  return (request, response) => {
    answer(files, request, response).catch(() => {
      // The file was cut off on its way: only a cut connection tells the caller.
      response.destroy();
    });
  };
}

async function readFiles(directory: string): Promise<ReadonlyMap<string, PublishedFile>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (path): Promise<[string, PublishedFile]> => {
        const content = await readFile(path);
        const hash = createHash('sha256').update(content).digest('base64url').slice(0, 22);
        const address = federatedPrefix + relative(directory, path).split(sep).join('/');
        return [address, { path, size: content.length, tag: `"${hash}"` }];
      }),
    ),
  );
}

async function answer(files: ReadonlyMap<string, PublishedFile>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [address = ''] = (request.url ?? '').split('?');
  const type = types[extname(address)];
  const plain = files.get(address);
  response.setHeader('x-content-type-options', 'nosniff');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  if (plain === undefined || type === undefined) {
    // Not remembered: the next build may have it.
    response.writeHead(404, { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' }).end('There is no such file.\n');
    return;
  }
  const accepted = request.headers['accept-encoding'];
  const encoding = encodings.find(([name, ending]) => accepts(accepted, name) && files.has(address + ending));
  const file = (encoding === undefined ? undefined : files.get(address + encoding[1])) ?? plain;
  response.setHeader('cache-control', cacheControl(address)).setHeader('vary', 'accept-encoding').setHeader('etag', file.tag);
  if (request.headers['if-none-match'] === file.tag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { 'content-type': type, 'content-length': file.size, ...(encoding === undefined ? {} : { 'content-encoding': encoding[0] }) });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(createReadStream(file.path), response);
}

/** The build writes a hash of the content into the name of each chunk. */
function cacheControl(address: string): string {
  return /[.-][0-9a-f]{16}\.(?:js|css)$/.test(address) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function accepts(header: string | undefined, encoding: string): boolean {
  return (header ?? '').split(',').some((item) => {
    const [name, ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}
