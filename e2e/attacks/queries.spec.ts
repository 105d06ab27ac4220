/** A data scientist who writes queries by hand, to see what belongs to other projects. Prometheus shows what each would give. */
import type { APIRequestContext, APIResponse } from '@playwright/test';
import { expect, signIn, vectorOf, type Sample } from '../support/fixtures';
import { prometheusUrl, projectsOf } from '../support/stack';
import { test } from './attacker';

const base = '/api/proxy/globaldatasources/prometheus/api/v1';
const metric = 'DCGM_FI_DEV_GPU_UTIL';
const foreignProject = 'fraud-detection';
const foreign = `namespace="${foreignProject}"`;

const namespacesOf = (vector: readonly Sample[]): string[] => [...new Set(vector.map(({ metric: labels }) => labels.namespace ?? ''))].sort();

/** The same question without the defence. */
async function directly(request: APIRequestContext, query: string): Promise<Sample[]> {
  return vectorOf(await request.get(`${prometheusUrl}/api/v1/query`, { params: { query } }));
}

async function expectRefusal(response: APIResponse, code: string): Promise<void> {
  const text = await response.text();
  expect(response.status(), text).toBeGreaterThanOrEqual(400);
  expect(JSON.parse(text)).toMatchObject({ status: 'error', code });
}

test.describe('queries that select what belongs to others', () => {
  for (const [attack, query] of [
    ['naming the project', `${metric}{${foreign}}`],
    ['naming the project in quotes', `${metric}{job!="",${foreign}}`],
    ['a pattern for every project', `${metric}{namespace=~".*"}`],
    ['no matcher at all', metric],
    ['a closing quote in a variable: job="x"} or m{a=""', `${metric}{pod="x"} or ${metric}{a=""}`],
    ['the second operand', `absent(nothing) or ${metric}{${foreign}}`],
    ['a subquery', `max_over_time(${metric}{${foreign}}[5m:1m])`],
    ['a comment before the braces', `${metric} # {namespace="llm-research"}\n{${foreign}}`],
    ['the name as a matcher', `{__name__="${metric}",${foreign}}`],
    ['an aggregation that keeps the project', `sum by (namespace) (${metric})`],
    ['the parameter of an aggregation', `topk(scalar(count(${metric})), ${metric}{${foreign}})`],
    ['other projects as a join partner', `label_replace(${metric}, "x", "", "", "") and on () ${metric}{${foreign}} or ${metric}{${foreign}}`],
  ] as const) {
    test(attack, async ({ as, request }) => {
      expect(namespacesOf(await directly(request, query)), 'Prometheus itself shows the foreign project').toContain(foreignProject);
      const attacker = await as('scientist');
      const seen = namespacesOf(await vectorOf(await attacker.request.post(`${base}/query`, { form: { query } })));
      for (const namespace of seen.filter((name) => name !== '')) expect(projectsOf.scientist).toContain(namespace);
    });
  }

  test('a comment that Prometheus ends earlier than the grammar of the check does', async ({ as, request }) => {
    const query = `${metric}{namespace="llm-research"} # \r or ${metric}{${foreign}}`;
    expect(namespacesOf(await directly(request, query))).toContain(foreignProject);
    const attacker = await as('scientist');
    await expectRefusal(await attacker.request.post(`${base}/query`, { form: { query } }), 'ERR_QUERY_001');
  });

  test('numbers without labels count the own projects only', async ({ as, request }) => {
    const query = `count(${metric})`;
    const [everybodys] = await directly(request, query);
    const attacker = await as('scientist');
    const [own] = await vectorOf(await attacker.request.get(`${base}/query`, { params: { query } }));
    const series = await vectorOf(await attacker.request.get(`${base}/query`, { params: { query: metric } }));
    expect(Number(own?.value[1])).toBe(series.length);
    expect(Number(own?.value[1])).toBeLessThan(Number(everybodys?.value[1]));
  });

  test('a variable in the address that breaks out of its matcher', async ({ page, request }) => {
    const crafted = `x"} or odh_training_loss{${foreign}} or odh_training_loss{a="`;
    const asked = new Map<string, Promise<string>>();
    page.on('response', (response) => {
      const query = new URLSearchParams(response.request().postData() ?? '').get('query');
      if (query?.includes(foreignProject) === true && response.url().endsWith('/query_range')) asked.set(query, response.text());
    });
    await signIn(page, 'scientist', `/observability/dashboards/opendatahub/model-training?var-job=${encodeURIComponent(crafted)}`);
    await expect.poll(() => asked.size, { message: 'panels send the crafted variable', timeout: 30_000 }).toBeGreaterThan(0);
    const answers = await Promise.all(asked.values());
    for (const answer of answers) expect(answer).not.toContain(`"namespace":"${foreignProject}"`);
    // Perses itself may escape the variable; what it would be without that is asked here.
    const query = `odh_training_loss{job_name=~"${crafted}"}`;
    const seen = namespacesOf(await directly(request, query.replaceAll('odh_training_loss', metric)));
    expect(seen).toContain(foreignProject);
    const own = await vectorOf(await page.request.post(`${base}/query`, { form: { query: query.replaceAll('odh_training_loss', metric) } }));
    for (const namespace of namespacesOf(own)) expect(projectsOf.scientist).toContain(namespace);
  });
});

test.describe('two parameters where one is checked', () => {
  const own = `${metric}{namespace="llm-research"}`;
  const theirs = `${metric}{${foreign}}`;

  test('a query in the URL and another in the body', async ({ as, request }) => {
    const url = `/query?${new URLSearchParams({ query: own }).toString()}`;
    const direct = await vectorOf(await request.post(`${prometheusUrl}/api/v1${url}`, { form: { query: theirs } }));
    expect(namespacesOf(direct), 'Prometheus takes the body, whoever checked the URL').toEqual([foreignProject]);
    const attacker = await as('scientist');
    await expectRefusal(await attacker.request.post(base + url, { form: { query: theirs } }), 'ERR_QUERY_001');
  });

  test('a query twice in the URL', async ({ as, request }) => {
    const twice = `/query?${new URLSearchParams([['query', theirs], ['query', own]]).toString()}`;
    expect(namespacesOf(await vectorOf(await request.get(`${prometheusUrl}/api/v1${twice}`))), 'Prometheus takes the first').toEqual([foreignProject]);
    const attacker = await as('scientist');
    await expectRefusal(await attacker.request.get(base + twice), 'ERR_QUERY_001');
  });

  test('match[] in the URL and in the body: both are limited', async ({ as, request }) => {
    const url = `/series?${new URLSearchParams({ 'match[]': own }).toString()}`;
    const form = { 'match[]': theirs };
    expect(await (await request.post(`${prometheusUrl}/api/v1${url}`, { form })).text()).toContain(foreignProject);
    const attacker = await as('scientist');
    const text = await (await attacker.request.post(base + url, { form })).text();
    expect(text).toContain('llm-research');
    expect(text).not.toContain(foreignProject);
  });

  test('a body in another format', async ({ as }) => {
    const attacker = await as('scientist');
    const multipart = await attacker.request.post(`${base}/query?${new URLSearchParams({ query: own }).toString()}`, { multipart: { query: theirs } });
    await expectRefusal(multipart, 'ERR_QUERY_001');
  });

  test('a parameter hidden behind a separator that only some readers know', async ({ as }) => {
    const attacker = await as('scientist');
    for (const search of [`query=${encodeURIComponent(own)};query=${encodeURIComponent(theirs)}`, `query=${encodeURIComponent(own)}%26query=${encodeURIComponent(theirs)}`]) {
      await expectRefusal(await attacker.request.get(`${base}/query?${search}`), 'ERR_QUERY_001');
    }
  });
});

test.describe('queries made to exhaust', () => {
  for (const [attack, endpoint, form, code] of [
    ['a megabyte of query', 'query', { query: `up{a="${'x'.repeat(1024 * 1024)}"}` }, 'ERR_QUERY_003'],
    ['20 KiB of query', 'query', { query: `up{a="${'x'.repeat(20 * 1024)}"}` }, 'ERR_QUERY_003'],
    ['a hundred levels', 'query', { query: `${'('.repeat(100)}up${')'.repeat(100)}` }, 'ERR_QUERY_003'],
    ['thousands of levels', 'query', { query: `${'('.repeat(7000)}up${')'.repeat(7000)}` }, 'ERR_QUERY_003'],
    ['a subquery at every millisecond', 'query', { query: 'max_over_time(up[90d:1ms])' }, 'ERR_QUERY_003'],
    ['subqueries in one another', 'query', { query: `up${'[90d:1m]'.repeat(20)}` }, 'ERR_QUERY_003'],
    ['a year', 'query_range', { query: 'up', start: '0', end: String(365 * 86_400), step: '1h' }, 'ERR_QUERY_003'],
    ['three months read at every point', 'query_range', { query: 'sum_over_time(up[92d])', start: '0', end: '1000000', step: '100' }, 'ERR_QUERY_003'],
    ['a million points', 'query_range', { query: 'up', start: '0', end: '1000000', step: '1' }, 'ERR_QUERY_003'],
    ['a thousand selectors', 'series', 'match[]=up&'.repeat(1000), 'ERR_QUERY_003'],
    ['brackets that never close', 'query', { query: '('.repeat(16_000) }, 'ERR_QUERY_003'],
  ] as const) {
    test(attack, async ({ as }) => {
      const attacker = await as('scientist');
      const data = typeof form === 'string' ? form : new URLSearchParams(form).toString();
      const response = await attacker.request.post(`${base}/${endpoint}`, { data, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      await expectRefusal(response, code);
      expect((await attacker.request.get(`${base}/query`, { params: { query: 'vector(1)' } })).status(), 'the next query is answered').toBe(200);
    });
  }
});
