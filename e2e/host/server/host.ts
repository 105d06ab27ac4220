/**
 * The host's server: its pages and files, its sign-in, and the two proxies that modules rely on, `/_mf/<name>/` for their
 * files and the configured paths for their APIs.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { buildHost } from '../build.mjs';
import { proxy } from './proxy';
import { serviceOrigin, type HostSettings } from './settings';
import { createSignIn } from './sign-in';

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' };

function cookieOf(request: IncomingMessage): string {
  return /(?:^|;\s*)host-session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
}

/** Builds the host where needed, and resolves when it listens. */
export async function startHost(settings: HostSettings): Promise<{ close(): Promise<void> }> {
  const origin = `http://127.0.0.1:${settings.port}`;
  const files = await buildHost(settings.mode);
  // Written by the build.
  const entry = JSON.parse(await readFile(join(files, 'entry.json'), 'utf8')) as string[];
  const signIn = createSignIn({ issuer: settings.issuer, clientId: settings.clientId, redirectUri: `${origin}/oauth/callback` });

  async function sendFile(pathname: string, response: ServerResponse): Promise<void> {
    const content = await readFile(join(files, pathname.replaceAll('..', ''))).catch(() => undefined);
    if (content === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': types[extname(pathname)] ?? 'application/octet-stream', 'cache-control': 'public, max-age=31536000, immutable' }).end(content);
  }

  function sendPage(userName: string, response: ServerResponse): void {
    const data = JSON.stringify({ userName, pages: settings.pages, remotes: settings.modules.map(({ name, backend }) => ({ name, remoteEntry: backend.remoteEntry })) });
    const styles = entry.filter((file) => file.endsWith('.css')).map((file) => `<link rel="stylesheet" href="/${file}">`);
    const scripts = entry.filter((file) => file.endsWith('.js')).map((file) => `<script defer src="/${file}"></script>`);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Test host</title>
${styles.join('')}<script type="application/json" id="host-data">${data.replaceAll('<', '\\u003c')}</script>${scripts.join('')}</head><body><div id="root"></div></body></html>`,
    );
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '/';
    const { pathname, searchParams } = new URL(target, origin);
    const session = signIn.session(cookieOf(request));
    const redirect = (location: string, id?: string) =>
      response.writeHead(302, { location, ...(id === undefined ? {} : { 'set-cookie': `host-session=${id}; Path=/; HttpOnly; SameSite=Lax` }) }).end();

    if (pathname === '/healthy') {
      response.end('ok\n');
    } else if (pathname.startsWith('/assets/')) {
      await sendFile(pathname, response);
    } else if (pathname === '/oauth/callback') {
      redirect(await signIn.complete(cookieOf(request), searchParams));
    } else if (pathname.startsWith('/_mf/')) {
      const module = settings.modules.find(({ name }) => pathname.startsWith(`/_mf/${name}/`));
      if (module === undefined) response.writeHead(404).end();
      else proxy(request, response, { origin: serviceOrigin(module.backend), target: target.slice(`/_mf/${module.name}`.length), cacheControl: 'no-cache' });
    } else {
      const proxied = settings.modules.flatMap(({ proxyService }) => proxyService).find(({ path }) => pathname.startsWith(`${path}/`));
      if (proxied !== undefined) {
        if (session === undefined) response.writeHead(401).end();
        else {
          const authorization = proxied.authorize ? { authorization: `Bearer ${await session.accessToken()}` } : {};
          proxy(request, response, { origin: serviceOrigin(proxied), target: proxied.pathRewrite + target.slice(proxied.path.length), ...authorization });
        }
      } else if (session === undefined) {
        const { location, id } = await signIn.begin(target);
        redirect(location, id);
      } else {
        sendPage(session.userName, response);
      }
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(settings.port, '127.0.0.1', resolve);
  });
  return {
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
