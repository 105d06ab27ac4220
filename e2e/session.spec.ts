/** Signing in, staying in, signing out: next-auth, the real provider, a real browser. */
import { expect, signIn, test } from './support/fixtures';
import { picture } from './support/picture';
import { appUrl, issuerUrl } from './support/stack';

const sessionCookie = /next-auth\.session-token/;

test('a deep link leads through the sign-in and back to the same view', async ({ page }) => {
  const link = '/observability/dashboards/opendatahub/model-training?start=6h&var-namespace=llm-research';
  const authorization = page.waitForRequest((request) => request.url().startsWith(`${issuerUrl}/`) && request.url().includes('code_challenge='));
  await signIn(page, 'scientist', link);
  expect(new URL((await authorization).url()).searchParams.get('code_challenge_method')).toBe('S256');
  expect(page.url()).toBe(`${appUrl}${link}`);
});

test('the session cookie is encrypted, http-only and same-site', async ({ page, context }) => {
  await signIn(page, 'scientist');
  const cookies = (await context.cookies()).filter(({ name }) => sessionCookie.test(name));
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  }
  const value = cookies.map((cookie) => cookie.value).join('');
  const [header] = value.split('.');
  expect(JSON.parse(Buffer.from(header ?? '', 'base64url').toString())).toMatchObject({ alg: 'dir' });
  expect(value).not.toContain('scientist');
});

test('an access token about to expire is renewed without the person noticing', async ({ page, context }) => {
  await signIn(page, 'scientist');
  const session = async () =>
    (await context.cookies())
      .filter(({ name }) => sessionCookie.test(name))
      .map(({ value }) => value)
      .join('');
  const before = await session();
  await expect
    .poll(
      async () => {
        expect((await page.request.get('/api/me')).status()).toBe(200);
        return (await session()) !== before;
      },
      { message: 'a request comes back with a renewed session', timeout: 30_000 },
    )
    .toBe(true);
  // Twenty panels at once: all are answered, whichever of them renews the token.
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      page.request.get('/api/proxy/globaldatasources/prometheus/api/v1/query', { params: { query: 'odh_training_loss' } }),
    ),
  );
  expect(answers.map((answer) => answer.status())).toEqual(Array.from({ length: 20 }, () => 200));
});

test('signing out ends the session here and at the provider', async ({ page, context }) => {
  await signIn(page, 'scientist');
  await page.getByTestId('user-menu').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/signin\?signedOut=1/);
  await expect(page.getByText('You are signed out')).toBeVisible();
  expect((await context.cookies()).filter(({ name }) => sessionCookie.test(name))).toEqual([]);
  expect((await page.request.get('/api/me')).status()).toBe(401);

  // The provider asks for the password again, so its session is gone too.
  await page.goto('/observability');
  await page.waitForURL((url) => url.origin === issuerUrl);
  await expect(page.getByLabel('Password')).toBeVisible();
});

test('another site cannot sign a person out, and a sign-in returns to this site only', async ({ page }) => {
  await signIn(page, 'scientist');
  const forged = await page.request.post('/api/auth/sign-out', { headers: { origin: 'https://elsewhere.example' }, maxRedirects: 0 });
  expect(forged.status()).toBe(403);
  expect((await page.request.get('/api/me')).status()).toBe(200);

  await page.goto('/signin?callbackUrl=https%3A%2F%2Felsewhere.example%2F');
  await page.waitForURL((url) => url.origin === appUrl && url.pathname === '/observability');
});

test('an ended session shows a prompt that leads back to the same view', async ({ page, context, consoleErrors }) => {
  const link = '/observability/dashboards/opendatahub/model-training?start=6h&refresh=5s';
  await signIn(page, 'scientist', link);
  await expect(page.getByTestId('panel').first()).toBeVisible();
  await context.clearCookies({ name: sessionCookie });
  await expect(page.getByTestId('session-expired')).toBeVisible();
  await picture(page.getByTestId('session-expired'), 'session-ended');
  await page.getByTestId('sign-in-again').click();
  await page.waitForURL((url) => url.origin === appUrl && `${url.pathname}${url.search}` === link);
  await expect(page.getByTestId('dashboard-viewer')).toBeVisible();
  // The browser reports each 401 that this test provoked.
  consoleErrors.splice(0);
});
