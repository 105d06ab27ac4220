/** What operators and auditors look at: headers, health, metrics. */
import { expect, signIn, test } from './support/fixtures';
import { prometheusUrl } from './support/stack';

function directives(policy: string | undefined): Map<string, string[]> {
  return new Map(
    (policy ?? '').split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(/\s+/);
      return [name, values];
    }),
  );
}

test('every page carries a policy with a nonce of its own and no unsafe-eval', async ({ page }) => {
  await signIn(page, 'scientist');
  const policies = [];
  for (const path of ['/observability', '/observability/help', '/signin?signedOut=1']) {
    const response = await page.goto(path);
    const headers = response?.headers() ?? {};
    policies.push(headers['content-security-policy'] ?? '');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toMatch(/same-origin|no-referrer/);
    expect(headers['x-powered-by']).toBeUndefined();
  }
  for (const policy of policies) {
    const parsed = directives(policy);
    expect(parsed.get('script-src')?.some((value) => value.startsWith("'nonce-"))).toBe(true);
    expect(parsed.get('script-src')).not.toContain("'unsafe-inline'");
    expect(policy).not.toContain('unsafe-eval');
    expect(parsed.get('object-src')).toEqual(["'none'"]);
    expect(parsed.get('frame-ancestors')).toEqual(["'none'"]);
  }
  expect(new Set(policies).size, 'no nonce is used twice').toBe(policies.length);
});

test('liveness and readiness answer without a session and tell no addresses', async ({ request }) => {
  const live = await request.get('/api/health/live');
  expect(live.status()).toBe(200);
  const ready = await request.get('/api/health/ready');
  expect(ready.status()).toBe(200);
  expect(await ready.text()).not.toContain('127.0.0.1');
});

test('the app reports its requests, latencies and refusals, and the demo Prometheus has them', async ({ page, request }) => {
  await signIn(page, 'scientist');
  const refused = await page.request.get('/api/proxy/globaldatasources/prometheus/api/v1/query', { params: { query: 'sum(' } });
  expect(refused.status()).toBe(400);
  const requestId = refused.headers()['x-request-id'];
  expect(requestId).toMatch(/^[A-Za-z0-9_-]{8,64}$/);

  const text = await (await request.get('/metrics')).text();
  expect(text).toMatch(/odh_observability_http_requests_total\{[^}]*code="400"[^}]*\} [1-9]/);
  expect(text).toMatch(/odh_observability_refusals_total\{code="ERR_QUERY_001"\} [1-9]/);
  expect(text).toContain('odh_observability_query_duration_seconds_bucket');
  expect(text).toContain('odh_observability_query_upstream_duration_seconds_bucket');

  await expect
    .poll(
      async () => {
        const answer = await request.get(`${prometheusUrl}/api/v1/query`, {
          params: { query: 'odh_observability_refusals_total{code="ERR_QUERY_001"}' },
        });
        return (await answer.text()).includes('ERR_QUERY_001');
      },
      { timeout: 20_000 },
    )
    .toBe(true);
});
