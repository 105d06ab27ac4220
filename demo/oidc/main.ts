/**
 * The demo's OpenID Connect provider as a process. Sessions and tokens are in memory: after a restart people sign in again.
 *
 * Usage: main.ts <settings file>, see settings.ts
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { loopback } from '../processes/ports';
import { createProvider } from './provider';
import type { ProviderSettings } from './settings';
import { createSignInHandler } from './sign-in';

// Written by ../stack.ts for this process; JSON.parse cannot know.
const settings = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ProviderSettings;

const provider = createProvider(settings);
const answer = provider.callback();
const signIn = createSignInHandler(provider, settings.appUrl, settings.hostUrls);

// Without this its own errors are silent: the browser is told only that something went wrong.
provider.on('server_error', (_context, error) => console.error(error));

const server = createServer((request, response) => {
  if (request.url?.startsWith('/sign-in/') === true) {
    signIn(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  } else {
    answer(request, response);
  }
});

server.listen(settings.port, loopback);
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
