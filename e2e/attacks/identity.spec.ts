/** Someone who wants to be someone else: forged headers, planted cookies, forged forms, links that lead away. */
import { expect, signIn } from '../support/fixtures';
import { cookiesOf, sendRaw } from '../support/raw-request';
import { appUrl, issuerUrl, prometheusUrl, projectsOf } from '../support/stack';
import { test } from './attacker';

const query = `/api/proxy/globaldatasources/prometheus/api/v1/query?query=${encodeURIComponent('count by (namespace) (DCGM_FI_DEV_GPU_UTIL)')}`;

const sessionCookie = 'next-auth.session-token';

test.describe('headers that claim to be an administrator', () => {
  const claims = [
    { 'x-forwarded-user': 'admin', 'x-forwarded-email': 'admin@example.com', 'x-forwarded-groups': 'odh-admins' },
    { 'x-forwarded-access-token': 'made-up', 'x-auth-request-user': 'admin', 'x-auth-request-access-token': 'made-up' },
    { 'x-remote-user': 'admin', 'x-remote-group': 'odh-admins', 'impersonate-user': 'admin', 'impersonate-group': 'odh-admins' },
    { 'x-scope-orgid': 'fraud-detection', 'x-prom-label-proxy-namespace': 'fraud-detection' },
  ];

  test('let nobody in who has no session', async () => {
    for (const headers of claims) {
      const { status, text } = await sendRaw({ target: query, headers });
      expect(status, JSON.stringify(headers)).toBe(401);
      expect(JSON.parse(text)).toMatchObject({ code: 'ERR_AUTH_001' });
    }
  });

  test('widen no session', async ({ as, request }) => {
    const everything = await request.get(`${prometheusUrl}/api/v1/query`, { params: { query: 'count by (namespace) (DCGM_FI_DEV_GPU_UTIL)' } });
    expect(await everything.text()).toContain('fraud-detection');
    const cookie = await cookiesOf(await as('scientist'));
    for (const headers of claims) {
      const { status, text } = await sendRaw({ target: query, headers: { ...headers, cookie } });
      expect(status).toBe(200);
      expect(text).toContain('llm-research');
      expect(text).not.toContain('fraud-detection');
      const me = await sendRaw({ target: '/api/me', headers: { ...headers, cookie } });
      expect(JSON.parse(me.text)).toMatchObject({ subject: 'scientist', administrator: false, projects: projectsOf.scientist });
    }
  });
});

test.describe('session fixation', () => {
  test('a cookie that was planted before the sign-in is worth nothing after it', async ({ page, context }) => {
    const planted = 'made-up-by-the-attacker';
    await context.addCookies([{ name: sessionCookie, value: planted, url: appUrl }]);
    await signIn(page, 'scientist');
    expect((await page.request.get('/api/me')).status(), 'the person is signed in').toBe(200);
    expect(await cookiesOf(context)).not.toContain(planted);
    expect((await sendRaw({ target: '/api/me', headers: { cookie: `${sessionCookie}=${planted}` } })).status).toBe(401);
  });

  test('an attacker’s own session, planted before the sign-in, does not become the victim’s', async ({ as, page, context }) => {
    const attacker = await as('guest');
    await attacker.request.get('/api/me');
    // Not the provider's, which is on the same host here: signing in there is what the victim does.
    const cookies = (await attacker.cookies(appUrl)).filter(({ name }) => name.startsWith(sessionCookie));
    await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: appUrl })));
    expect(await (await page.request.get('/api/me')).json(), 'the planted session works').toMatchObject({ subject: 'guest' });
    await signIn(page, 'scientist', '/signin?callbackUrl=%2Fobservability');
    expect(await (await page.request.get('/api/me')).json()).toMatchObject({ subject: 'scientist' });
    const attackers = await sendRaw({ target: '/api/me', headers: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') } });
    expect(JSON.parse(attackers.text), 'what the attacker kept is still the attacker’s').toMatchObject({ subject: 'guest', projects: [] });
  });

  test('a session cookie with one changed character is no session', async ({ as }) => {
    const cookie = await cookiesOf(await as('scientist'));
    expect((await sendRaw({ target: '/api/me', headers: { cookie } })).status).toBe(200);
    const [start = '', value = ''] = cookie.split(new RegExp(`(?<=${sessionCookie}(?:\\.0)?=)`));
    for (const at of [10, 60, 200]) {
      const changed = `${start}${value.slice(0, at)}${value[at] === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`;
      expect((await sendRaw({ target: '/api/me', headers: { cookie: changed } })).status, `changed at ${at}`).toBe(401);
    }
  });
});

test.describe('requests that another site makes in a person’s name', () => {
  test('cannot sign the person out, while the site itself can', async ({ page, context }) => {
    await signIn(page, 'scientist');
    for (const headers of [{ origin: 'https://elsewhere.example' }, { origin: 'null' }, { origin: `${appUrl}.elsewhere.example` }, { referer: `${appUrl}/observability` }, { origin: appUrl.replace('http:', 'https:') }]) {
      const forged = await sendRaw({ method: 'POST', target: '/api/auth/sign-out', headers: { ...headers, cookie: await cookiesOf(context), 'content-length': '0' } });
      expect(forged.status, JSON.stringify(headers)).toBe(403);
      expect(forged.headers['set-cookie']).toBeUndefined();
    }
    expect((await page.request.get('/api/me')).status()).toBe(200);
    const own = await sendRaw({ method: 'POST', target: '/api/auth/sign-out', headers: { origin: appUrl, cookie: await cookiesOf(context), 'content-length': '0' } });
    expect(own.status).toBe(303);
    expect(String(own.headers['set-cookie'])).toContain('Max-Age=0');
  });

  test('cannot sign the person out with a link or an image', async ({ page, context }) => {
    await signIn(page, 'scientist');
    for (const target of ['/api/auth/sign-out', '/api/auth/signout']) {
      const { status } = await sendRaw({ target, headers: { cookie: await cookiesOf(context) } });
      expect([404, 405], target).toContain(status);
    }
    expect((await page.request.get('/api/me')).status()).toBe(200);
  });

  test('cannot start a sign-in without the token that only this site’s pages get', async () => {
    const body = new URLSearchParams({ csrfToken: 'made-up', callbackUrl: '/observability', json: 'true' }).toString();
    const { text, headers } = await sendRaw({ method: 'POST', target: '/api/auth/signin/oidc', headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }, body });
    expect(text + String(headers.location)).not.toContain(issuerUrl);
  });

  test('cannot read answers: no other origin is allowed', async ({ as }) => {
    const { headers } = await sendRaw({ target: query, headers: { origin: 'https://elsewhere.example', cookie: await cookiesOf(await as('scientist')) } });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

test.describe('links that lead away from this site after signing in', () => {
  for (const target of [
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    '/.//elsewhere.example/',
    '/\t/elsewhere.example/',
    'javascript:alert(document.domain)',
    `${appUrl}@elsewhere.example/`,
    `${appUrl}.elsewhere.example/`,
  ]) {
    test(JSON.stringify(target), async ({ page }) => {
      await signIn(page, 'scientist', `/signin?callbackUrl=${encodeURIComponent(target)}`);
      expect(new URL(page.url()).origin).toBe(appUrl);
      expect(new URL(page.url()).pathname).toBe('/observability');
    });
  }
});
