/** With whose token the demo's Prometheus is asked: the door in front of it opens for exchanged tokens only. */
import { expect, signIn, test, vectorOf } from './support/fixtures';
import { startSecondApp } from './support/second-app';
import { prometheusProxyUrl, projectsOf } from './support/stack';
import { tokenRequest, tokensOf } from './support/tokens';

const query = 'DCGM_FI_DEV_GPU_UTIL';
const throughApp = '/api/proxy/globaldatasources/prometheus/api/v1/query';

test('a token that the provider issued for Prometheus opens the door; a person’s own tokens do not', async ({ request }) => {
  const { access_token: accessToken, id_token: idToken } = await tokensOf('scientist');
  const answer = await tokenRequest({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: accessToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    audience: 'prometheus',
  });
  // RFC 8693's answer.
  const { access_token: exchanged } = (await answer.json()) as { access_token: string };
  const knock = async (token?: string) =>
    (await request.get(`${prometheusProxyUrl}/api/v1/query`, { params: { query }, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })).status();
  expect(await knock(exchanged)).toBe(200);
  expect(await knock(accessToken)).toBe(401);
  expect(await knock(idToken)).toBe(401);
  expect(await knock()).toBe(401);
});

test('through the app each person gets their series, by a token that they never see', async ({ page }) => {
  await signIn(page, 'scientist');
  const response = await page.request.get(throughApp, { params: { query } });
  const namespaces = (await vectorOf(response)).map(({ metric }) => metric.namespace ?? '');
  expect([...new Set(namespaces)].sort()).toEqual(projectsOf.scientist);
  expect(JSON.stringify(response.headers())).not.toMatch(/bearer|eyJ/i);
});

test('an administrator’s list of projects is asked for with their own token', async ({ page }) => {
  await signIn(page, 'admin');
  const me = (await (await page.request.get('/api/me')).json()) as { projects: string[] };
  expect(me.projects).toEqual(expect.arrayContaining([...projectsOf.scientist, ...projectsOf.mlops]));
});

test('an app that passes the person’s own token on is refused at the door, visibly', async ({ page, consoleErrors }) => {
  // A second app starts, and each of its panels asks twice.
  test.slow();
  const app = await startSecondApp({ type: 'user-token' });
  try {
    await signIn(page, 'scientist');
    const response = await page.request.get(`${app.url}${throughApp}`, { params: { query } });
    expect(response.status()).toBe(502);
    expect(await response.json()).toMatchObject({ status: 'error', code: 'ERR_AUTH_003' });
    // The backend is there all the same, and nobody has to sign in again.
    expect(await (await page.request.get(`${app.url}/api/health/ready`)).json()).toMatchObject({ status: 'ready' });
    expect((await page.request.get(`${app.url}/api/me`)).status()).toBe(200);

    await page.goto(`${app.url}/observability/dashboards/opendatahub/model-training`);
    await expect(page.getByTestId('panel').first()).toContainText('could not be exchanged for access to the metrics backend', { timeout: 60_000 });
    await expect(page.getByTestId('session-expired')).toHaveCount(0);
    // The browser reports each 502 that this test provoked.
    consoleErrors.splice(0);
  } finally {
    await app.stop();
  }
});
