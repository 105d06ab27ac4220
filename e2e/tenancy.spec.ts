/** Who sees what, asked of the API as each of the demo's users, on real metrics. */
import { expect, signIn, test, vectorOf, type Sample } from './support/fixtures';
import { projectsOf, type User } from './support/stack';

const queryPath = '/api/proxy/globaldatasources/prometheus/api/v1/query';
const query = 'DCGM_FI_DEV_GPU_UTIL';

const seriesKey = ({ metric }: Sample) => JSON.stringify(Object.entries(metric).sort());
const namespacesOf = (vector: Sample[]) => [...new Set(vector.map(({ metric }) => metric.namespace ?? ''))].sort();

test('the same query gives each user the series of their own projects and no others', async ({ browser }) => {
  const ask = async (user: User, via: 'GET' | 'POST') => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await signIn(page, user);
      const response =
        via === 'GET'
          ? await context.request.get(queryPath, { params: { query } })
          : await context.request.post(queryPath, { form: { query } });
      return await vectorOf(response);
    } finally {
      await context.close();
    }
  };

  const scientist = await ask('scientist', 'GET');
  const mlops = await ask('mlops', 'POST');
  const admin = await ask('admin', 'GET');

  expect(namespacesOf(scientist)).toEqual(projectsOf.scientist);
  expect(projectsOf.mlops).toEqual(expect.arrayContaining(namespacesOf(mlops)));
  expect(mlops.length).toBeGreaterThan(0);

  const scientistKeys = new Set(scientist.map(seriesKey));
  const mlopsKeys = new Set(mlops.map(seriesKey));
  const adminKeys = new Set(admin.map(seriesKey));
  expect([...scientistKeys].filter((key) => mlopsKeys.has(key)), 'the two users share no series').toEqual([]);
  for (const key of [...scientistKeys, ...mlopsKeys]) expect(adminKeys).toContain(key);
  expect(adminKeys.size, 'the administrator sees GPUs that belong to no project too').toBeGreaterThan(
    scientistKeys.size + mlopsKeys.size,
  );
});

test('a user without projects gets a refusal that says so', async ({ page }) => {
  await signIn(page, 'guest');
  const response = await page.request.get(queryPath, { params: { query } });
  expect(response.status()).toBe(403);
  expect(await response.json()).toMatchObject({ status: 'error', errorType: 'forbidden', code: 'ERR_ACCESS_001' });
});

test('without a session the API answers 401 and never redirects', async ({ request }) => {
  const callers: [Record<string, string>, string][] = [
    [{}, 'ERR_AUTH_001'],
    [{ authorization: 'Bearer made-up' }, 'ERR_AUTH_002'],
    [{ 'x-forwarded-user': 'admin', 'x-forwarded-access-token': 'made-up', 'x-remote-user': 'admin' }, 'ERR_AUTH_001'],
    [{ cookie: 'next-auth.session-token=made-up' }, 'ERR_AUTH_001'],
  ];
  for (const [headers, code] of callers) {
    const response = await request.get(queryPath, { params: { query }, headers, maxRedirects: 0 });
    expect(response.status()).toBe(401);
    expect(await response.json()).toMatchObject({ status: 'error', code });
  }
});

test('endpoints that are not served answer 404, and the alias at the root answers like the original', async ({ page }) => {
  await signIn(page, 'scientist');
  const base = '/api/proxy/globaldatasources/prometheus';
  for (const path of ['/api/v1/admin/tsdb/delete_series', '/federate', '/api/v1/status/config', '/api/v1/targets', '/metrics']) {
    const response = await page.request.get(`${base}${path}?match[]=up`);
    expect(response.status(), path).toBe(404);
  }
  const unknownDatasource = await page.request.get('/api/proxy/globaldatasources/elsewhere/api/v1/query', { params: { query } });
  expect(await unknownDatasource.json()).toMatchObject({ code: 'ERR_DATA_002' });

  const alias = await vectorOf(await page.request.get('/proxy/globaldatasources/prometheus/api/v1/query', { params: { query } }));
  expect(namespacesOf(alias)).toEqual(projectsOf.scientist);
});

test('label values, series and labels hold nothing of other projects', async ({ page }) => {
  await signIn(page, 'scientist');
  const base = '/api/proxy/globaldatasources/prometheus/api/v1';
  const namespaces = await page.request.get(`${base}/label/namespace/values`);
  expect(await namespaces.json()).toMatchObject({ status: 'success', data: projectsOf.scientist });

  const jobs = await page.request.get(`${base}/label/job_name/values`);
  // The check of the status beside it would fail if this were not a list of label values.
  const { data } = (await jobs.json()) as { data: string[] };
  const series = await page.request.post(`${base}/series`, { form: { 'match[]': 'odh_training_loss' } });
  const { data: own } = (await series.json()) as { data: Record<string, string>[] };
  expect([...data].sort()).toEqual([...new Set(own.map(({ job_name }) => job_name ?? ''))].sort());
  expect(own.length).toBeGreaterThan(0);
  for (const { namespace } of own) expect(projectsOf.scientist).toContain(namespace);
});

test('queries that try to leave the scope come back empty or refused', async ({ page }) => {
  await signIn(page, 'scientist');
  const foreign = 'namespace="fraud-detection"';
  for (const attempt of [
    `${query}{${foreign}}`,
    `${query}{namespace=~".*"}`,
    `{__name__="${query}", ${foreign}}`,
    `${query} or ${query}{${foreign}}`,
    `max_over_time(${query}{${foreign}}[5m:10s])`,
    `sum by (namespace) (${query})`,
    `label_replace(${query}, "namespace", "fraud-detection", "pod", ".*")`,
    `${query}{a="b"} or up{c="`,
    `info(${query})`,
    'absent(nothing{namespace="fraud-detection"})',
  ]) {
    const response = await page.request.get(queryPath, { params: { query: attempt } });
    if (response.status() === 200) {
      const relabelled = attempt.startsWith('label_replace') || attempt.startsWith('absent');
      for (const namespace of namespacesOf(await vectorOf(response))) {
        // A caller may write any label onto their own series; the pods below prove whose they are.
        if (!relabelled) expect(projectsOf.scientist, attempt).toContain(namespace);
      }
    } else {
      expect(await response.json(), attempt).toMatchObject({ code: 'ERR_QUERY_001' });
    }
  }
  const relabelled = await vectorOf(
    await page.request.get(queryPath, { params: { query: `label_replace(${query}, "namespace", "x", "pod", ".*")` } }),
  );
  const own = await vectorOf(await page.request.get(queryPath, { params: { query } }));
  expect(relabelled.map(({ metric }) => metric.pod).sort()).toEqual(own.map(({ metric }) => metric.pod).sort());
});
