/** The command line of Perses against the app: what works on a Perses server works here. */
import { expect, test as base } from '@playwright/test';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { forWorker } from '../support/for-worker';
import { withSite, type AppSite } from '../support/site';
import { pathOf, whyMissing } from '../support/tools';

/** The environment that `withSite` starts, with percli in it. */
interface Site extends AppSite {
  /** Runs percli as a person, in whose folder its login is kept. */
  readonly percli: (person: string, ...args: string[]) => Promise<{ readonly code: number; readonly output: string }>;
}

const run = promisify(execFile);

const test = base.extend<object, { site: Site }>({
  site: forWorker(
    (use) =>
      withSite({ name: 'percli', config: ({ directory }) => ({ dashboards: { own: join(directory, 'own') } }) }, async (site) => {
        const { directory } = site;
        await use({
          ...site,
          percli: async (person, ...args) => {
            try {
              const { stdout, stderr } = await run(pathOf('percli'), ['--percliconfig', join(directory, `${person}.json`), ...args], { cwd: directory, env: { ...process.env, HOME: directory } });
              return { code: 0, output: stdout + stderr };
            } catch (error) {
              // What `execFile` rejects with, https://nodejs.org/api/child_process.html#child_processexecfilefile-args-options-callback
              const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
              return { code, output: stdout + stderr };
            }
          },
        });
      }),
    120_000,
  ),
});

const missing = whyMissing('percli');
test.skip(missing !== undefined, missing);

const dashboard = (name: string, query: string, version = 0) => ({
  kind: 'Dashboard',
  metadata: { name, project: 'fraud-detection', version },
  spec: {
    display: { name: 'Loss' },
    duration: '1h',
    variables: [],
    panels: {
      loss: {
        kind: 'Panel',
        spec: {
          display: { name: 'Loss' },
          plugin: { kind: 'TimeSeriesChart', spec: { yAxis: { format: { unit: 'decimal' } } } },
          queries: [{ kind: 'TimeSeriesQuery', spec: { plugin: { kind: 'PrometheusTimeSeriesQuery', spec: { query } } } }],
        },
      },
    },
    layouts: [{ kind: 'Grid', spec: { items: [{ x: 0, y: 0, width: 24, height: 8, content: { $ref: '#/spec/panels/loss' } }] } }],
  },
});

test('percli signs in with a token, lists, describes, applies twice, checks and removes dashboards', async ({ site: { url, directory, percli, tokenOf } }) => {
  const lee = (...args: string[]) => percli('lee', ...args);
  const succeeds = async (...args: string[]): Promise<string> => {
    const { code, output } = await lee(...args);
    expect(code, output).toBe(0);
    return output;
  };
  expect(await succeeds('login', url, '--token', await tokenOf('lee', { groups: ['leads'], projects: ['fraud-detection'] }))).toContain('successfully logged in');

  expect(await succeeds('get', 'project')).toMatch(/fraud-detection[^]*opendatahub/);
  expect(await succeeds('get', 'globaldatasource')).toContain('prometheus');
  expect(await succeeds('get', 'dashboard', '--project', 'opendatahub')).toContain('model-training');
  expect(await succeeds('describe', 'dashboard', 'model-training', '--project', 'opendatahub')).toContain('name: Model Training Metrics');

  const file = join(directory, 'loss.yaml');
  await writeFile(file, stringify(dashboard('loss', 'odh_training_loss')));
  expect(await succeeds('lint', '--online', '-f', file)).toContain('your resources look good');
  await succeeds('apply', '-f', file);
  expect(await succeeds('get', 'dashboard', '--project', 'fraud-detection')).toContain('loss');
  await writeFile(file, stringify(dashboard('loss', 'max(odh_training_loss)')));
  await succeeds('apply', '-f', file);
  expect(await succeeds('describe', 'dashboard', 'loss', '--project', 'fraud-detection')).toContain('query: max(odh_training_loss)');

  await writeFile(file, stringify(dashboard('loss', 'min(odh_training_loss)', 1)));
  const { code, output } = await lee('apply', '-f', file);
  expect(code).not.toBe(0);
  expect(output).toContain('StatusCode: 409');

  await succeeds('delete', 'dashboard', 'loss', '--project', 'fraud-detection');
  expect(await succeeds('get', 'dashboard', '--project', 'fraud-detection')).not.toContain('loss');
  expect(await readFile(join(directory, 'lee.json'), 'utf8')).toContain(url);
});

test('percli is told what is wrong, and changes nothing that its caller may not', async ({ site: { url, directory, percli, tokenOf } }) => {
  const file = join(directory, 'other.yaml');
  await writeFile(file, stringify(dashboard('other', 'odh_training_loss')));
  await percli('sam', 'login', url, '--token', await tokenOf('sam', { projects: ['fraud-detection'] }));
  const refused = await percli('sam', 'apply', '-f', file);
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain('You may not change dashboards of fraud-detection.');

  await percli('nobody', 'login', url, '--token', 'no-token');
  const unknown = await percli('nobody', 'get', 'dashboard', '--project', 'fraud-detection');
  expect(unknown.code).not.toBe(0);

  const broken = dashboard('broken', 'odh_training_loss');
  broken.spec.layouts[0]?.spec.items.forEach((item) => (item.content.$ref = '#/spec/panels/gone'));
  await writeFile(file, stringify(broken));
  await percli('sam', 'login', url, '--token', await tokenOf('sam', { projects: ['fraud-detection'] }));
  const invalid = await percli('sam', 'lint', '--online', '-f', file);
  expect(invalid.code).not.toBe(0);
  expect(invalid.output).toContain('gone');
});
