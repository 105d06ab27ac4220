/** The product with a Keycloak 26, as a company runs it: sign-in, staying in, exchanged tokens, a new key, sign-out. */
import { decodeJwt } from 'jose';
import { projectsIn } from '../support/answers';
import { ask, clientUuidOf, enterPassword, eventsOf, expect, idOf, signIn, test, tokensOf } from './fixtures';
import { accessTokenSeconds, appClient, metricsAudience, people, realmName } from './realm';

const dashboard = '/observability/dashboards/opendatahub/model-training';
const sessionCookie = /next-auth\.session-token/;

test('a person signs in at Keycloak and is back on the page they asked for, with the projects of their teams', async ({ page, company }) => {
  const link = `${dashboard}?start=6h&var-namespace=llm-research`;
  const authorization = page.waitForRequest((request) => request.url().startsWith(company.issuer) && request.url().includes('code_challenge='));
  await signIn(page, company, 'rita', link);
  expect(new URL((await authorization).url()).searchParams.get('code_challenge_method')).toBe('S256');
  expect(page.url()).toBe(`${company.appUrl}${link}`);
  await expect(page.getByTestId('user-menu')).toContainText(people.rita.name.join(' '));
  expect(await projectsIn(await ask(page, 'odh_training_loss'))).toEqual(['bert-serving', 'fraud-detection', 'llm-research']);
});

test('people see the projects of their teams and no others, administrators all', async ({ browser, company }) => {
  const seen: Record<string, string[]> = {};
  for (const person of ['sam', 'morgan', 'alex'] as const) {
    const context = await browser.newContext({ baseURL: company.appUrl });
    const page = await context.newPage();
    await signIn(page, company, person);
    seen[person] = await projectsIn(await ask(page, 'odh_training_loss'));
    await context.close();
  }
  expect(seen).toEqual({
    sam: ['llm-research'],
    morgan: ['bert-serving', 'fraud-detection'],
    alex: ['bert-serving', 'fraud-detection', 'llm-research'],
  });
});

test('panels go on getting data after the access token has expired, and Keycloak has seen the refreshes', async ({ page, company }) => {
  const statuses: number[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/proxy/')) statuses.push(response.status());
  });
  const began = Date.now();
  await signIn(page, company, 'sam', `${dashboard}?refresh=5s`);
  const refreshes = async () => (await eventsOf(company, 'sam', 'REFRESH_TOKEN')).filter(({ clientId }) => clientId === appClient.id);
  const before = (await refreshes()).length;

  // Rotation is on: a refresh token that had been used before would end the session.
  await expect.poll(async () => (await refreshes()).length, { timeout: 90_000 }).toBeGreaterThanOrEqual(before + 2);
  expect(Date.now() - began, 'longer than the first access token lives').toBeGreaterThan(accessTokenSeconds * 1000);
  const answered = statuses.length;
  await expect.poll(() => statuses.length, 'panels ask again after the last refresh').toBeGreaterThan(answered);
  expect(new Set(statuses)).toEqual(new Set([200]));
  await expect(page.getByTestId('session-expired')).toBeHidden();
  await expect(page.getByTestId('panel').filter({ hasText: 'Training loss' })).toContainText('llama-finetune');
  expect(await eventsOf(company, 'sam', 'REFRESH_TOKEN_ERROR')).toEqual([]);
});

test('the metrics backend is asked with a token that Keycloak exchanged for it, in the name of the person', async ({ page, company }) => {
  await signIn(page, company, 'morgan');
  const before = company.backend.admitted.length;
  expect(await projectsIn(await ask(page, 'odh_training_loss'))).toEqual(['bert-serving', 'fraud-detection']);
  const shown = company.backend.admitted.slice(before).map(({ claims }) => ({ aud: claims.aud, azp: claims['azp'], sub: claims.sub }));
  expect(shown).toEqual([{ aud: metricsAudience, azp: appClient.id, sub: await idOf(company.admin, 'morgan') }]);
  expect((await eventsOf(company, 'morgan', 'TOKEN_EXCHANGE')).length).toBeGreaterThan(0);
});

test('the backend refuses the token that a person signed in with, so passing it on would not have done', async ({ page, company }) => {
  await signIn(page, company, 'morgan');
  const answer = await ask(page, 'odh_training_loss', { datasource: 'passed-on' });
  expect(await answer.json()).toMatchObject({ status: 'error', code: 'ERR_AUTH_003' });
});

test('where Keycloak no longer lets the app exchange tokens, nothing is shown and the reason is named', async ({ page, company: { admin, ...company } }) => {
  const path = `/realms/${realmName}/clients/${await clientUuidOf(admin, appClient.id)}`;
  const client = (await admin.call(path)) as { attributes: Record<string, string> };
  const withExchange = (enabled: string) => ({ ...client, attributes: { ...client.attributes, 'standard.token.exchange.enabled': enabled } });
  await admin.call(path, { method: 'PUT', body: withExchange('false') });
  try {
    await signIn(page, { admin, ...company }, 'alex');
    const admitted = company.backend.admitted.length;
    const answer = await ask(page, 'odh_training_loss');
    expect(await answer.json()).toMatchObject({ status: 'error', code: 'ERR_AUTH_003' });
    expect(company.backend.admitted.length).toBe(admitted);
  } finally {
    await admin.call(path, { method: 'PUT', body: withExchange('true') });
  }
});

test('a bearer token of Keycloak is taken for its owner, and exchanged; an ID token and a forged one are refused', async ({ page, company }) => {
  const { access_token: own, id_token: idToken } = await tokensOf(company, 'sam');
  const before = company.backend.admitted.length;
  expect(await projectsIn(await ask(page, 'odh_training_loss', { bearer: own }))).toEqual(['llm-research']);
  expect(company.backend.admitted.slice(before).map(({ claims }) => claims.aud)).toEqual([metricsAudience]);

  const [header = '', , signature = ''] = own.split('.');
  const payload = Buffer.from(JSON.stringify({ ...decodeJwt(own), projects: ['fraud-detection'] })).toString('base64url');
  for (const bearer of [idToken, `${header}.${payload}.${signature}`]) {
    const answer = await ask(page, 'odh_training_loss', { bearer });
    expect(answer.status()).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'ERR_AUTH_002' });
  }
});

test('after a new signing key, and a second one within the same minute, sessions go on and new sign-ins work', async ({ page, browser, company }) => {
  await signIn(page, company, 'sam');
  expect(await projectsIn(await ask(page, 'odh_training_loss'))).toEqual(['llm-research']);
  const keysInUse = [company.backend.admitted.at(-1)?.keyId];
  const newestKey = () => company.backend.admitted.at(-1)?.keyId;

  // Two, because clients look for an unknown key once a minute at most.
  for (const priority of ['200', '300']) {
    const refreshed = (await eventsOf(company, 'sam', 'REFRESH_TOKEN')).length;
    await company.admin.call(`/realms/${realmName}/components`, {
      body: {
        name: `key of priority ${priority}`,
        providerId: 'rsa-generated',
        providerType: 'org.keycloak.keys.KeyProvider',
        config: { priority: [priority], enabled: ['true'], active: ['true'] },
      },
    });
    await expect
      .poll(
        async () => {
          expect(await projectsIn(await ask(page, 'odh_training_loss'))).toEqual(['llm-research']);
          return keysInUse.includes(newestKey());
        },
        { timeout: 60_000 },
      )
      .toBe(false);
    expect((await eventsOf(company, 'sam', 'REFRESH_TOKEN')).length, 'the session was refreshed with the new key').toBeGreaterThan(refreshed);
    keysInUse.push(newestKey());
  }

  const context = await browser.newContext({ baseURL: company.appUrl });
  const colleague = await context.newPage();
  await signIn(colleague, company, 'morgan');
  expect(await projectsIn(await ask(colleague, 'odh_training_loss'))).toEqual(['bert-serving', 'fraud-detection']);
  expect(newestKey()).toBe(keysInUse.at(-1));
  await context.close();
});

test('who is taken out of a team loses its projects with the next refresh, without signing in again', async ({ page, company }) => {
  const { admin } = company;
  await signIn(page, company, 'rita');
  expect(await projectsIn(await ask(page, 'odh_training_loss'))).toContain('llm-research');
  const groups = (await admin.call(`/realms/${realmName}/groups?search=research-team`)) as { id: string }[];
  const membership = `/realms/${realmName}/users/${await idOf(admin, 'rita')}/groups/${groups[0]?.id ?? ''}`;
  await admin.call(membership, { method: 'DELETE' });
  try {
    await expect.poll(async () => projectsIn(await ask(page, 'odh_training_loss')), { timeout: 60_000 }).toEqual(['bert-serving', 'fraud-detection']);
  } finally {
    await admin.call(membership, { method: 'PUT' });
  }
});

test('signing out ends the session at Keycloak too, and the back button leads to the sign-in', async ({ page, context, company }) => {
  const { admin } = company;
  const [user, client] = await Promise.all([idOf(admin, 'alex'), clientUuidOf(admin, appClient.id)]);
  const sessions = async () => {
    const paths = ['sessions', `offline-sessions/${client}`];
    const lists = await Promise.all(paths.map((path) => admin.call(`/realms/${realmName}/users/${user}/${path}`)));
    return (lists as { id: string; start: number }[][]).flat().map(({ id, start }) => `${id} ${start}`);
  };
  const others = await sessions();
  await signIn(page, company, 'alex', dashboard);
  await expect(page.getByTestId('dashboard-viewer')).toBeVisible();
  expect((await sessions()).length).toBeGreaterThan(others.length);

  await page.getByTestId('user-menu').click();
  await page.getByTestId('sign-out').click();
  await page.waitForURL(/\/signin\?signedOut=1/);
  await expect(page.getByText('You are signed out')).toBeVisible();
  expect((await context.cookies()).filter(({ name }) => sessionCookie.test(name))).toEqual([]);
  await expect.poll(async () => (await sessions()).filter((session) => !others.includes(session))).toEqual([]);
  expect((await ask(page, 'odh_training_loss')).status()).toBe(401);

  await page.goBack();
  await page.waitForURL((url) => url.href.startsWith(company.issuer));
  await expect(page.getByRole('textbox', { name: 'Password' })).toBeVisible();
  // The address of the page that was left is kept through the sign-in.
  await enterPassword(page, 'alex');
  await page.waitForURL((url) => url.origin === company.appUrl && url.pathname === dashboard);
});

test('a session that an administrator ends at Keycloak ends here with the access token, with a prompt on the page', async ({ page, company: { admin, ...company } }) => {
  await signIn(page, { admin, ...company }, 'morgan', `${dashboard}?refresh=5s`);
  await expect(page.getByTestId('dashboard-viewer')).toBeVisible();
  const user = await idOf(admin, 'morgan');
  await admin.call(`/realms/${realmName}/users/${user}/logout`, { method: 'POST' });
  const client = await clientUuidOf(admin, appClient.id);
  for (const { id } of (await admin.call(`/realms/${realmName}/users/${user}/offline-sessions/${client}`)) as { id: string }[]) {
    await admin.call(`/realms/${realmName}/sessions/${id}?isOffline=true`, { method: 'DELETE' });
  }
  await expect(page.getByTestId('session-expired')).toBeVisible({ timeout: 60_000 });
  expect((await ask(page, 'odh_training_loss')).status()).toBe(401);
});
