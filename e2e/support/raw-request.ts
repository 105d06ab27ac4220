/** Requests as an attacker writes them: targets and headers that browsers and fetch would tidy up or leave out. */
import { request } from 'node:http';
import type { BrowserContext } from '@playwright/test';
import { appUrl } from './stack';

export interface RawRequest {
  readonly method?: string;
  /** The request target, sent as it is. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends to the app, or to another server. Follows no redirect. */
export function sendRaw({ method = 'GET', target, headers = {}, body }: RawRequest, origin = appUrl): Promise<RawResponse> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path: target, headers, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject).end(body);
  });
}

/** The `Cookie` header that a signed-in browser sends to the app, with an access token that is good for a while. */
export async function cookiesOf(context: BrowserContext): Promise<string> {
  await context.request.get(`${appUrl}/api/me`);
  return (await context.cookies(appUrl)).map(({ name, value }) => `${name}=${value}`).join('; ');
}
