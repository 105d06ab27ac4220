/** Provider, site and sessions together, and a person who signs in. */
import { createServer } from 'node:http';
import pino from 'pino';
import { configSchema, type Config } from '../../config/schema';
import type { RouteContext } from '../../http/handler';
import type { Kubernetes } from '../../kubernetes/client';
import type { SharedSet } from '../../redis/shared-set';
import { createBearerCheck } from '../bearer';
import { createJwtCheck } from '../bearer-jwt';
import { createOpaqueCheck } from '../bearer-opaque';
import { createAuthenticate } from '../callers';
import { createOidcClient } from '../oidc-client';
import { createProvider } from '../provider';
import type { SessionEvents } from '../session-events';
import { createSessions } from '../sessions';
import { createSignedOut } from '../signed-out';
import type { Browser } from './browser';
import { listen } from './listen';
import { client, startProvider, type TestProviderOptions } from './provider';
import { serveSignIn } from './site';

export interface StackOptions extends Omit<TestProviderOptions, 'publicUrl'> {
  readonly idle?: string;
  /** Where opaque tokens are checked. */
  readonly kubernetes?: Pick<Kubernetes, 'whoIs'>;
  /** What replicas share. */
  readonly shared?: SharedSet;
}

export type Stack = Awaited<ReturnType<typeof startStack>>;

export async function startStack({ idle = '8h', kubernetes, shared, ...options }: StackOptions) {
  const server = createServer();
  const { url: publicUrl, close } = await listen(server);
  const provider = await startProvider({ ...options, publicUrl });
  const config = testConfig(publicUrl, provider.issuer, { idle, audiences: options.audience === undefined ? [] : [options.audience] });
  const logged: string[] = [];
  const log = pino({}, { write: (line: string) => void logged.push(line) });
  const recorded: string[] = [];
  const events: SessionEvents = {
    signedIn: ({ subject, name }) => void recorded.push(`${subject} (${name}) signed in`),
    signedOut: ({ subject, name }) => void recorded.push(`${subject} (${name}) signed out`),
    signInFailed: (reason) => void recorded.push(`failed: ${reason}`),
  };
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  const createReplica = () => createSessions(config, { provider: createProvider(config, { client: createOidcClient(config), log, now }), log, now, events, signedOut: createSignedOut({ absolute: config.session.absolute, now, shared }) });
  const sessions = createReplica();
  const checkToken = createBearerCheck({
    jwt: createJwtCheck(config, { provider: createProvider(config, { client: createOidcClient(config), log, now }), now }),
    opaque: kubernetes && createOpaqueCheck(config, { kubernetes, now }),
  });
  serveSignIn(server, publicUrl, sessions.authOptions);

  return {
    publicUrl,
    provider,
    config,
    sessions,
    /** By bearer token or by session. */
    authenticate: createAuthenticate({ checkToken, sessions }),
    /** Log lines so far. */
    logged,
    /** Session events so far. */
    recorded,
    /** Moves this app's clock, not the provider's. */
    advance: (seconds: number) => {
      clock.ahead += seconds * 1000;
    },
    /** Another process of the same deployment: same configuration, and nothing else in common but what is shared. */
    createReplica,
    request: (browser: Browser) => new Request(`${publicUrl}/api/me`, { headers: { cookie: browser.cookieHeader } }),
    context: (): RouteContext => ({ params: {}, requestId: 'test', log, responseHeaders: new Headers() }),
    close: () => Promise.all([close(), provider.close()]),
  };
}

function testConfig(publicUrl: string, issuer: string, { idle, audiences }: { idle: string; audiences: string[] }): Config {
  const file = configSchema.parse({
    publicUrl,
    identity: { issuer, clientId: client.id, scopes: ['openid', 'profile', 'email', 'offline_access'], bearer: { audiences } },
    session: { idle },
    datasources: [{ name: 'prometheus', default: true, url: 'http://127.0.0.1:9' }],
  });
  return { ...file, sessionSecret: 'a session secret of at least 32 characters', clientSecret: client.secret };
}

/**
 * Signs in as the browser would, from the button to the page asked for.
 *
 * @returns where the sign-in ended, and the address at the provider where it began
 */
export async function signIn(stack: Pick<Stack, 'publicUrl' | 'provider'>, browser: Browser, subject: string, callbackUrl = '/observability') {
  const { publicUrl, provider } = stack;
  const csrf = (await (await browser.send(`${publicUrl}/api/auth/csrf`)).json()) as { csrfToken: string };
  const started = await browser.send(`${publicUrl}/api/auth/signin/oidc`, {
    method: 'POST',
    body: new URLSearchParams({ csrfToken: csrf.csrfToken, callbackUrl, json: 'true' }),
  });
  const authorization = new URL(((await started.json()) as { url: string }).url);
  const hinted = new URL(authorization);
  hinted.searchParams.set('login_hint', subject);
  const ended = await browser.follow(authorization.origin === provider.issuer ? hinted : authorization, (url) => url.origin === publicUrl && !url.pathname.startsWith('/api/auth/'));
  return { authorization, ended };
}
