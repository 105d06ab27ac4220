/** A signed-in person who asks for endpoints that are not served, or tries to write into the request to the backend. */
import { expect } from '../support/fixtures';
import { cookiesOf, sendRaw } from '../support/raw-request';
import { prometheusUrl } from '../support/stack';
import { test } from './attacker';

const proxy = '/api/proxy/globaldatasources/prometheus';

/** What only Prometheus's configuration says. */
const secret = 'scrape_configs';

test('the endpoint that the tricks below are after shows the configuration to whoever reaches Prometheus', async ({ request }) => {
  expect(await (await request.get(`${prometheusUrl}/api/v1/status/config`)).text()).toContain(secret);
});

test.describe('paths that mean one thing to a check and another to what stands behind it', () => {
  for (const target of [
    `${proxy}/api/v1/status/config`,
    `${proxy}/api/v1/query/../status/config`,
    `${proxy}/api/v1/query/%2e%2e/status/config`,
    `${proxy}/api/v1/query/%2E%2e/status/config`,
    `${proxy}/api/v1/query/%252e%252e/status/config`,
    `${proxy}/api/v1/query/%25252e%25252e/status/config`,
    `${proxy}/api/v1/query/..%2fstatus/config`,
    `${proxy}/api/v1/query/..%5cstatus/config`,
    `${proxy}/api/v1/query/..;/status/config`,
    `${proxy}/api/v1/query;/../status/config`,
    `${proxy}/api/v1/query%2f..%2fstatus%2fconfig`,
    `${proxy}/api/v1/query%3f/../status/config`,
    `${proxy}/api/v1/query#/../status/config`,
    `${proxy}/api/v1//status/config`,
    `${proxy}//api/v1/status/config`,
    `${proxy}/./api/v1/status/config`,
    `${proxy}/api/v1/status/config/`,
    `${proxy}/api/v1/STATUS/CONFIG`,
    `${proxy}/api/v1/status%00/config`,
    `${proxy}/api/v1/label/..%2f..%2fstatus/values`,
    `${proxy}/api/v1/label/%2e%2e/values`,
    `${proxy}/federate?match[]=up`,
    `/proxy/globaldatasources/prometheus/api/v1/status/config`,
    `//proxy/globaldatasources/prometheus/api/v1/status/config`,
    `/api//proxy/globaldatasources/prometheus/api/v1/status/config`,
    `/api/proxy/globaldatasources/..%2f..%2f/api/v1/status/config`,
    `/api/proxy/globaldatasources/%2e%2e/api/v1/status/config`,
  ]) {
    test(target, async ({ as }) => {
      const attacker = await as('admin');
      const { status, text } = await sendRaw({ target, headers: { cookie: await cookiesOf(attacker) } });
      expect([400, 404, 308], text.slice(0, 200)).toContain(status);
      expect(text).not.toContain(secret);
    });
  }
});

test.describe('another backend than the configured ones', () => {
  for (const name of [encodeURIComponent(prometheusUrl), '127.0.0.1:9090', 'prometheus@elsewhere.example', 'prometheus%00', 'PROMETHEUS', '__proto__', 'constructor']) {
    test(`a datasource called ${name}`, async ({ as }) => {
      const attacker = await as('admin');
      const { status, text } = await sendRaw({ target: `/api/proxy/globaldatasources/${name}/api/v1/query?query=up`, headers: { cookie: await cookiesOf(attacker) } });
      expect([400, 404], text).toContain(status);
    });
  }

  test('a request target that names another host', async ({ as }) => {
    const attacker = await as('admin');
    const { status, text } = await sendRaw({ target: `${prometheusUrl}/api/v1/status/config`, headers: { cookie: await cookiesOf(attacker) } });
    expect(status).toBe(400);
    expect(text).not.toContain(secret);
  });

  test('headers that name another host', async ({ as }) => {
    const attacker = await as('scientist');
    const own = await cookiesOf(attacker);
    const target = `${proxy}/api/v1/query?query=${encodeURIComponent('count by (namespace) (DCGM_FI_DEV_GPU_UTIL)')}`;
    const plain = await sendRaw({ target, headers: { cookie: own } });
    const forged = await sendRaw({
      target,
      headers: { cookie: own, host: 'elsewhere.example', 'x-forwarded-host': 'elsewhere.example', 'x-original-url': '/api/v1/status/config', 'x-rewrite-url': '/api/v1/status/config' },
    });
    expect([plain.status, forged.status]).toEqual([200, 200]);
    expect(forged.text).not.toContain(secret);
    expect(forged.text).not.toContain('fraud-detection');
  });
});

test.describe('lines written into the request to the backend', () => {
  for (const [place, target] of [
    ['the name of a label', `${proxy}/api/v1/label/job%0d%0aX-Injected:%20yes%0d%0a/values`],
    ['a time', `${proxy}/api/v1/query?query=vector(1)&time=1%0d%0aX-Injected:%20yes`],
    ['a step', `${proxy}/api/v1/query_range?query=vector(1)&start=0&end=60&step=15%20HTTP/1.1%0d%0aX-Injected:%20yes`],
    ['a limit', `${proxy}/api/v1/series?match[]=up&limit=1%26match[]=up`],
    ['a duration', `${proxy}/api/v1/query?query=vector(1)&timeout=1s%0d%0a`],
  ] as const) {
    test(place, async ({ as }) => {
      const attacker = await as('scientist');
      const { status, text, headers } = await sendRaw({ target, headers: { cookie: await cookiesOf(attacker) } });
      expect([400, 404], text).toContain(status);
      expect(headers['x-injected']).toBeUndefined();
    });
  }

  test('a metric’s name in look-ups stays a value', async ({ as }) => {
    const attacker = await as('scientist');
    const { status, text } = await sendRaw({ target: `${proxy}/api/v1/metadata?metric=up%26limit%3D1%0d%0aX-Injected:%20yes`, headers: { cookie: await cookiesOf(attacker) } });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ status: 'success', data: {} });
  });

  test('a body longer than it says does not become the next request', async ({ as }) => {
    const attacker = await as('scientist');
    const smuggled = 'query=vector(1)GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n';
    const { status, text } = await sendRaw({
      method: 'POST',
      target: `${proxy}/api/v1/query`,
      headers: { cookie: await cookiesOf(attacker), 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(smuggled.length), 'transfer-encoding': 'chunked' },
      body: smuggled,
    });
    expect(status).toBe(400);
    expect(text).not.toContain('odh_observability');
  });
});
