/** What docs/ and examples/ tell people to type, typed: in a shell, against the program as it is built and the API as it is. */
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { soundDashboard } from '../cli/testing/dashboard';
import { runCommand } from '../cli/testing/terminal';
import { configSchema } from '../lib/config/schema';
import type { Dashboard } from '../lib/contracts/dashboard';
import { apiErrorSchema } from '../lib/contracts/errors';
import { createChangesApi } from '../lib/dashboards/changes-api';
import { rulesBrokenBy } from '../lib/dashboards/check/rules';
import { createDashboardsApi } from '../lib/dashboards/dashboards-api';
import { createDatasourcesApi } from '../lib/dashboards/datasources-api';
import { createDirectorySource } from '../lib/dashboards/directory';
import { createManageApi } from '../lib/dashboards/manage/manage-api';
import { createProjectsApi } from '../lib/dashboards/projects-api';
import { combineSources } from '../lib/dashboards/store';
import { createDirectoryWriter } from '../lib/dashboards/writer';
import { AppError } from '../lib/errors/app-error';
import { withIdentity } from '../lib/http/with-identity';
import { createNodeListener } from '../lib/http/node';
import { createRouter } from '../lib/http/router';
import { listen } from '../lib/identity/testing/listen';
import { startPrometheus } from '../lib/query/testing/prometheus';
import { createRoutes, type RouteDependencies } from '../lib/runtime/routes';
import { createLogger } from '../lib/telemetry/logger';
import { createMetrics } from '../lib/telemetry/metrics';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);
const stops: (() => Promise<unknown>)[] = [];
let folder = '';
let environment: Record<string, string> = {};

/** The handlers of the API over files, for a project administrator whose token is "good". */
async function startApi(directory: string): Promise<string> {
  const log = createLogger('error', { write: () => undefined });
  const platformProject = 'opendatahub';
  const resolveScope = () => Promise.resolve({ kind: 'namespaces' as const, namespaces: ['fraud-detection'] as const });
  const own = createDirectorySource({ name: 'own', directory, platformProject, log, now: () => Date.now() });
  const store = combineSources([own]);
  const writers = new Map([['own', createDirectoryWriter({ directory, onChange: own.lookAgain, date: Date.now })]]);
  const publicUrl = 'http://app.test';
  const identity = { subject: 'lee', name: 'Lee', claims: {}, token: 'good', expiresAt: Number.MAX_SAFE_INTEGER };
  const brokenRules = (dashboard: Dashboard) => rulesBrokenBy(dashboard, { limits: configSchema.shape.limits.parse({}), scopeLabel: 'namespace', datasources: ['prometheus'], metricExists: undefined });
  const parts: Partial<RouteDependencies> = {
    authenticate: (request) => (request.headers.get('authorization') === 'Bearer good' ? Promise.resolve({ identity, setCookies: [] }) : Promise.reject(new AppError('ERR_AUTH_002'))),
    refusals: { signedIn: withIdentity, open: (inner) => inner, signInFailed: () => undefined },
    dashboards: createDashboardsApi({ store, resolveScope, platformProject }),
    changes: createChangesApi({ audit: { record: () => undefined }, store, writers, resolveScope, mayEdit: () => Promise.resolve(true), brokenRules, platformProject, publicUrl }),
    manage: createManageApi({ store, writers, managedBy: () => Promise.resolve({ scope: { kind: 'namespaces', namespaces: ['fraud-detection'] }, administrator: false, projects: ['fraud-detection'] }), settings: undefined, fixedHomes: {}, groups: [], platformProject }),
    datasources: createDatasourcesApi([], publicUrl),
    projects: createProjectsApi({ defaultsOf: () => Promise.resolve({}), resolveScope, listNamespaces: () => Promise.resolve([]), platformProject }),
  };
  // What no example asks for answers to every name with itself.
  const anything: unknown = new Proxy(() => anything, { get: () => anything });
  const dependencies = new Proxy(parts, { get: (target, name, receiver): unknown => (name in target ? Reflect.get(target, name, receiver) : anything) }) as RouteDependencies;
  const router = createRouter(createRoutes(dependencies), { log, metrics: createMetrics('test'), now: () => performance.now() });
  const { url, close } = await listen(createServer(createNodeListener(router, publicUrl)));
  stops.push(close);
  return url;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'odh-examples-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  // Beside the packages that the program needs.
  const program = join(root, 'dist', `examples-${process.pid}.mjs`);
  stops.push(() => rm(program, { force: true }));
  await build({ entryPoints: [join(root, 'cli', 'main.ts')], outfile: program, bundle: true, format: 'esm', platform: 'node', target: 'node20.19', packages: 'external', logLevel: 'warning' });
  const prometheus = await startPrometheus({ history: '# TYPE requests counter\nrequests_total{job="serving"} 1 1700000000\n# TYPE errors_ratio gauge\nerrors_ratio 1 1700000000\n# EOF\n' });
  stops.push(() => prometheus.stop());

  await mkdir(join(folder, 'dashboards'));
  await mkdir(join(folder, 'stored'));
  await writeFile(join(folder, 'dashboards', 'serving.yaml'), soundDashboard);
  await writeFile(join(folder, 'stored', 'serving.yaml'), soundDashboard);
  await writeFile(join(folder, 'dashboard.json'), JSON.stringify({ kind: 'Dashboard', metadata: { name: 'loss', project: 'fraud-detection' }, spec: { duration: '1h', panels: {}, layouts: [] } }));
  await cp(join(root, 'lib', 'grafana', 'testing', 'dashboards', 'hosts.json'), join(folder, 'grafana.json'));
  await cp(join(root, 'examples', 'gitops', 'per-model'), join(folder, 'per-model'), { recursive: true });
  await writeFile(join(folder, 'config.yaml'), stringify({ publicUrl: 'http://localhost:3000', identity: { issuer: 'http://127.0.0.1:1', clientId: 'app' }, datasources: [{ name: 'prometheus', default: true, url: prometheus.url }], dashboards: { own: 'stored', settings: 'settings/settings.json' }, preferences: { store: 'preferences' } }));
  environment = {
    APP: await startApi(join(folder, 'stored')),
    TOKEN: 'good',
    OBSERVABILITY_TOKEN: 'good',
    PROMETHEUS: prometheus.url,
    PROGRAM: program,
    OBSERVABILITY_CONFIG: 'config.yaml',
    OBSERVABILITY_SESSION_SECRET: 'session-secret-session-secret-1234',
    OBSERVABILITY_CLIENT_SECRET: 'client-secret',
  };
}, 60_000);

afterAll(async () => {
  await Promise.allSettled(stops.map((stop) => stop()));
});

const page = (name: string): Promise<string> => readFile(join(root, 'docs', name), 'utf8');
const blocksOf = (text: string, language: string): string[] => [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block);

describe.each(['dashboards-as-code.md', 'managing-dashboards.md', 'migrating-from-grafana.md', 'api.md', 'backup-and-restore.md'])('docs/%s', (name) => {
  it('holds commands that work as they stand, one after the other', async () => {
    const blocks = blocksOf(await page(name), 'sh');
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) {
      const script = block
        .replaceAll('npx odh-observability', 'node "$PROGRAM"')
        .replaceAll(/kubectl -n opendatahub exec (?:-i )?deployment\/odh-observability -- node dist\/cli\.js/g, 'node "$PROGRAM"')
        .replaceAll('https://observability.example.com', '"$APP"');
      await run('sh', ['-ec', script], { cwd: folder, env: { ...process.env, ...environment } }).catch((error: unknown) => {
        throw new Error(block, { cause: error });
      });
    }
  }, 60_000);
});

it('the configuration in docs/managing-dashboards.md is accepted', async () => {
  const blocks = blocksOf(await page('managing-dashboards.md'), 'yaml');
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) {
    const { dashboards } = parse(block) as { dashboards?: unknown };
    expect(configSchema.shape.dashboards.safeParse(dashboards).error).toBeUndefined();
  }
});

it('the error in docs/api.md is one', async () => {
  const [example = ''] = blocksOf(await page('api.md'), 'json');
  expect(apiErrorSchema.safeParse(JSON.parse(example)).error).toBeUndefined();
});

describe('examples/gitops', () => {
  const examples = join(root, 'examples', 'gitops');
  const read = (name: string): Promise<string> => readFile(join(examples, name), 'utf8');

  it('holds YAML that parses, with what each tool looks for', async () => {
    const files = (await readdir(examples)).filter((file) => file.endsWith('.yaml'));
    expect(files).toHaveLength(4);
    for (const file of files) for (const { errors } of parseAllDocuments(await read(file))) expect(errors).toEqual([]);
    expect(parse(await read('argocd-application.yaml'))).toMatchObject({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', spec: { source: { path: 'dashboards' }, syncPolicy: { automated: { prune: true } } } });
    expect(parseAllDocuments(await read('flux-kustomization.yaml')).map((document) => (document.toJS() as { kind: string }).kind)).toEqual(['GitRepository', 'Kustomization']);
  });

  it('runs commands that the command line has', async () => {
    const workflow = parse(await read('github-workflow.yaml')) as { jobs: { validate: { steps: { run?: string }[] } } };
    const hook = parse(await read('pre-commit-config.yaml')) as { repos: { hooks: { entry: string; files: string }[] }[] };
    const [first] = workflow.jobs.validate.steps.flatMap(({ run: script }) => script ?? []);
    const [entry] = hook.repos.flatMap(({ hooks }) => hooks);
    expect(entry?.files).toBe('^dashboards/.*\\.(ya?ml|json)$');
    for (const script of [first ?? '', `${entry?.entry ?? ''} dashboards/serving.yaml`]) {
      await run('sh', ['-ec', script.replace(/^(?:odh-observability|node \/app\/dist\/cli\.js) /, 'node "$PROGRAM" ')], { cwd: folder, env: { ...process.env, ...environment } });
    }
    expect(JSON.parse(await readFile(join(folder, 'dashboards.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] });
  });

  it('has a template that becomes a dashboard for each model, and a kustomization that names them', async () => {
    const rendered = join(folder, 'for-kustomize');
    const ran = await runCommand(['render', join(examples, 'per-model', 'template.yaml'), '--values', join(examples, 'per-model', 'values.yaml'), '--output', rendered]);
    expect(ran).toMatchObject({ code: 0 });
    expect((await readdir(rendered)).sort()).toEqual((parse(await read('per-model/kustomization.yaml')) as { resources: string[] }).resources.sort());
  });
});

describe('examples/velero', () => {
  const read = (...path: string[]): Promise<string> => readFile(join(root, ...path), 'utf8');

  it('name the volume of the chart, and the labels of what it makes', async () => {
    const { podAnnotations } = parse(await read('examples', 'velero', 'values.yaml')) as { podAnnotations: Record<string, string> };
    const volume = podAnnotations['backup.velero.io/backup-volumes'] ?? 'none';
    expect(await read('helm', 'odh-observability', 'templates', 'deployment.yaml')).toContain(`- name: ${volume}\n          persistentVolumeClaim:`);
    const schedule = parse(await read('examples', 'velero', 'schedule.yaml')) as { spec: { template: { orLabelSelectors: { matchLabels: Record<string, string> }[] } } };
    expect(schedule).toMatchObject({ apiVersion: 'velero.io/v1', kind: 'Schedule', spec: { template: { includedNamespaces: ['opendatahub'], defaultVolumesToFsBackup: false } } });
    const [label = 'none'] = schedule.spec.template.orLabelSelectors.flatMap(({ matchLabels }) => Object.keys(matchLabels));
    expect(await read('helm', 'odh-observability', 'templates', '_helpers.tpl')).toContain(`${label}: {{ .Release.Name`);
    expect(await read('docs', 'backup-and-restore.md')).toContain(`${label}=odh-observability`);
  });
});
