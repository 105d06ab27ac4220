import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { configSchema } from '../config/schema';
import { isAppError } from '../errors/app-error';
import { createLogger } from '../telemetry/logger';
import { rulesBrokenBy } from './check/rules';
import { checkText, createCheckApi } from './check-api';
import { resource } from './testing/resources';

const dependencies = {
  brokenRules: (checked: Parameters<typeof rulesBrokenBy>[0]) => rulesBrokenBy(checked, { limits: configSchema.shape.limits.parse({}), scopeLabel: 'namespace', datasources: ['prometheus'], metricExists: undefined }),
  platformProject: 'opendatahub',
};
const check = (text: string) => checkText(text, dependencies);

/** Lines are counted in the tests below; each stands where it stands. */
const dashboard = `kind: Dashboard
metadata: { name: mine, project: fraud-detection }
spec:
  duration: 1h
  panels:
    load:
      kind: Panel
      spec:
        display: { name: Load }
        plugin:
          kind: TimeSeriesChart
          spec: {}
        queries:
          - kind: TimeSeriesQuery
            spec:
              plugin:
                kind: PrometheusTimeSeriesQuery
                spec:
                  query: rate(node_load1[5m]
  layouts: [{ kind: Grid, spec: { items: [{ x: 0, "y": 0, width: 12, height: 6, content: { $ref: '#/spec/panels/load' } }] } }]
`;

describe('the text of a dashboard', () => {
  it('with a mistake in PromQL names the line of the query, what is wrong and what to do, and is understood otherwise', () => {
    const { problems, dashboard: understood } = check(dashboard);
    const [query] = problems.filter(({ severity }) => severity === 'error');
    expect(query).toMatchObject({ line: 19, path: 'spec.panels.load.spec.queries.0.spec.plugin.spec.query', remedy: expect.stringContaining('Correct the query') as string });
    expect(understood?.metadata).toMatchObject({ name: 'mine', project: 'fraud-detection' });
  });

  it('that works has nothing but advice, in the order of its lines', () => {
    const { problems } = check(dashboard.replace('[5m]', '[5m])'));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(problems.map(({ line }) => line)).toEqual(problems.map(({ line }) => line).sort((a, b) => a - b));
    expect(problems).toContainEqual(expect.objectContaining({ severity: 'advice', path: expect.stringContaining('spec.panels.load') as string }));
  });

  it('that is no YAML, no dashboard, two, or nothing, says so at its line', () => {
    expect(check('kind: Dashboard\nspec: [').problems).toMatchObject([{ severity: 'error', path: '' }]);
    expect(check('').problems).toMatchObject([{ line: 1, reason: 'there is no dashboard in the text' }]);
    expect(check(`${dashboard}---\n${dashboard}`).problems).toMatchObject([{ line: 22 }]);
    const wrong = check(dashboard.replace('kind: Panel', 'kind: Pannel'));
    expect(wrong.problems).toMatchObject([{ line: 7, path: 'spec.panels.load.kind', severity: 'error' }]);
    expect(wrong.dashboard).toBeUndefined();
  });

  it.each(['perses.dev/v1alpha1', 'perses.dev/v1alpha2'])('as a custom resource of %s is read with its lines as well', (apiVersion) => {
    const written = resource({}, { duration: 'long' });
    const config = (written['spec'] as { config: unknown }).config;
    const text = stringify(apiVersion === 'perses.dev/v1alpha1' ? { ...written, apiVersion, spec: config } : written);
    const { problems, dashboard: understood } = check(text);
    const line = text.split('\n').findIndex((content) => content.includes('duration: long')) + 1;
    expect(problems).toContainEqual(expect.objectContaining({ line, severity: 'error' }));
    expect(understood?.kind).toBe('Dashboard');
  });
});

describe('the handler', () => {
  const send = (body: string) => {
    const request = new Request('http://app.test/', { method: 'POST', body });
    const context = { params: {}, requestId: 'test', log: createLogger('error', { write: () => undefined }), responseHeaders: new Headers() };
    return createCheckApi(dependencies)(request, context, { subject: 'u', name: 'U', claims: {}, token: '', expiresAt: 0 });
  };
  const codeOf = (body: string) => send(body).then(() => undefined, (error: unknown) => (isAppError(error) ? error.code : error));

  it('answers 200 with the problems, and refuses what is no question or too long a one', async () => {
    expect(await (await send(JSON.stringify({ text: dashboard }))).json()).toMatchObject({ problems: expect.any(Array) as unknown });
    expect(await codeOf('{}')).toBe('ERR_QUERY_001');
    expect(await codeOf('kind: Dashboard')).toBe('ERR_QUERY_001');
    expect(await codeOf(JSON.stringify({ text: 'x'.repeat(1024 * 1024) }))).toBe('ERR_QUERY_003');
  });
});
