/** What every test with Keycloak starts from: the company, started once, and its people in the browser. */
import { expect, test as base, type APIResponse, type Page } from '@playwright/test';
import { forWorker } from '../support/for-worker';
import { whyMissing } from '../support/tools';
import { withCompany, type Company } from './company';
import { appClient, password, realmName, type Person } from './realm';

/** Starting Keycloak takes a quarter of a minute on an idle machine. */
const startTimeout = 300_000;

export const test = base.extend<object, { company: Company }>({
  company: forWorker(withCompany, startTimeout),
  baseURL: async ({ company }, use) => use(company.appUrl),
});

const missing = whyMissing('keycloakHome');
test.skip(missing !== undefined, missing);

export { expect };

/** Enters a password at Keycloak's own page, where the browser is. */
export async function enterPassword(page: Page, person: Person): Promise<void> {
  await page.getByRole('textbox', { name: 'Username or email' }).fill(person);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign In' }).click();
}

export async function signIn(page: Page, { appUrl, issuer }: Company, person: Person, path = '/observability'): Promise<void> {
  await page.goto(path);
  await page.waitForURL((url) => url.href.startsWith(issuer));
  await enterPassword(page, person);
  await page.waitForURL((url) => url.origin === appUrl && url.pathname.startsWith('/observability'));
}

/** The app's answer to an instant query, sent as a panel sends it. */
export function ask({ request }: Pick<Page, 'request'>, query: string, { datasource = 'prometheus', bearer = '' } = {}): Promise<APIResponse> {
  const headers: Record<string, string> = bearer === '' ? {} : { authorization: `Bearer ${bearer}` };
  return request.get(`/api/proxy/globaldatasources/${datasource}/api/v1/query`, { params: { query }, headers });
}

/** Tokens of a person as a command-line client gets them, which then sends one as a bearer. */
export async function tokensOf({ issuer }: Company, person: Person): Promise<{ access_token: string; id_token: string }> {
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: appClient.id,
      client_secret: appClient.secret,
      grant_type: 'password',
      scope: 'openid',
      username: person,
      password,
    }),
  });
  if (!response.ok) throw new Error(`Keycloak gave ${person} no token: ${response.status} ${await response.text()}`);
  // OpenID Connect Core 1.0 section 3.1.3.3.
  return (await response.json()) as { access_token: string; id_token: string };
}

export interface KeycloakEvent {
  readonly type: string;
  readonly time: number;
  readonly clientId?: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** What Keycloak recorded about a person, of one type of event, the newest first. */
export async function eventsOf({ admin }: Company, person: Person, type: string): Promise<KeycloakEvent[]> {
  const user = await idOf(admin, person);
  return (await admin.call(`/realms/${realmName}/events?type=${type}&user=${user}&max=100`)) as KeycloakEvent[];
}

/** Keycloak's id of a person, which is the subject of their tokens. */
export async function idOf(admin: Company['admin'], person: Person): Promise<string> {
  const [user] = (await admin.call(`/realms/${realmName}/users?exact=true&username=${person}`)) as { id: string }[];
  if (user === undefined) throw new Error(`${person} is not in the realm`);
  return user.id;
}

/** Keycloak's own id of a client. */
export async function clientUuidOf(admin: Company['admin'], clientId: string): Promise<string> {
  const [client] = (await admin.call(`/realms/${realmName}/clients?clientId=${clientId}`)) as { id: string }[];
  if (client === undefined) throw new Error(`${clientId} is not in the realm`);
  return client.id;
}
