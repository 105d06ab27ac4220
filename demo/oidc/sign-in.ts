/** The sign-in page's requests: shows it, and checks what was typed. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { password, users } from '../users';
import { messagePage, signInPage, type Page } from './pages';

/** A user name and a password; no honest form is longer. */
const maxFormBytes = 2_000;

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  request.setEncoding('utf8');
  // With an encoding set, the chunks are strings.
  for await (const chunk of request as AsyncIterable<string>) {
    text += chunk;
    if (text.length > maxFormBytes) throw new Error('the form is too long');
  }
  return new URLSearchParams(text);
}

function send(response: ServerResponse, status: number, { html, contentSecurityPolicy }: Page): void {
  response
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentSecurityPolicy, 'cache-control': 'no-store' })
    .end(html);
}

/** Handles requests below `/sign-in/`, each for one sign-in that the provider has begun. */
/** @param hostUrls hosts whose sign-ins end there rather than at the app */
export function createSignInHandler(provider: Provider, appUrl: string, hostUrls: readonly string[]) {
  const origins = [appUrl, ...hostUrls].map((url) => new URL(url).origin).join(' ');

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      // Throws when the browser has not begun this sign-in, or too long ago.
      await provider.interactionDetails(request, response);
    } catch {
      send(response, 400, messagePage('This sign-in has expired', 'Begin again from the app.', appUrl));
      return;
    }
    const page = { action: request.url ?? '/', appOrigin: origins, users, password };
    if (request.method !== 'POST') {
      send(response, 200, signInPage(page));
      return;
    }
    const form = await readForm(request);
    const login = (form.get('login') ?? '').trim();
    if (form.get('password') !== password || !users.some((user) => user.login === login)) {
      send(response, 200, signInPage({ ...page, refusedLogin: login }));
      return;
    }
    await provider.interactionFinished(request, response, { login: { accountId: login } });
  };
}
