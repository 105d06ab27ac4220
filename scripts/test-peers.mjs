// `npm run test:peers`: the product with the real software around it — Keycloak, Helm, the Kubernetes API. Makes what is
// missing, runs the tests of `peers/`, and ends with the line "N passed, N failed". What cannot be made here is skipped
// with its reason; in CI it is a failure.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSteps, ensureBuild, ensureChromium, ensureNginx, ensureNpmPackages, ensurePrometheus, ensureRedis, projectRoot, SetupError } from '../demo/setup/index.mjs';
import { ensureCrds } from '../peers/setup/crds.mjs';
import { ensureHelm } from '../peers/setup/helm.mjs';
import { ensureKeycloak } from '../peers/setup/keycloak.mjs';
import { ensureKubeconform } from '../peers/setup/kubeconform.mjs';
import { ensureKubernetes } from '../peers/setup/kubernetes.mjs';
import { ensurePercli } from '../peers/setup/percli.mjs';
import { ensurePerses } from '../peers/setup/perses.mjs';

const inCi = process.env.CI !== undefined;
const steps = createSteps();
let failed = 0;

/** The environment that `make` makes, or what is left when it cannot: a loud line, and tests that are skipped for want of it. */
async function environmentOf(title, make) {
  try {
    return await make();
  } catch (error) {
    console.error(`\n!!!!!!!! ${title.toUpperCase()} IS MISSING, AND WITH IT ITS TESTS: ${error instanceof SetupError ? error.message : error.stack}\n`);
    if (inCi) failed += 1;
    return {};
  }
}

/** What every test needs; nothing runs without it. */
async function setUp() {
  try {
    await ensureNpmPackages({ steps });
    const [{ prometheus, promtool }, chromium] = [await ensurePrometheus({ steps }), await ensureChromium({ steps })];
    await ensureBuild({ steps });
    return { PROMETHEUS_BIN: prometheus, PROMTOOL_BIN: promtool, CHROMIUM_PATH: chromium };
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    console.log('\n0 passed, 1 failed');
    return process.exit(1);
  }
}

function run(environment) {
  return new Promise((resolve) => {
    const child = spawn('npx', ['--no-install', 'playwright', 'test', '-c', 'peers/playwright.config.ts'], {
      cwd: projectRoot,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
    });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.on('exit', (code) => resolve(code === 0));
  });
}

const environment = {
  ...(await setUp()),
  ...(await environmentOf('Keycloak', async () => ({ KEYCLOAK_HOME: await ensureKeycloak({ steps }) }))),
  ...(await environmentOf('Helm', async () => ({ HELM_BIN: await ensureHelm({ steps }), CRD_FILES: (await ensureCrds({ steps })).join(':') }))),
  ...(await environmentOf('the Kubernetes API', async () => {
    const { 'kube-apiserver': apiserver, etcd } = await ensureKubernetes({ steps });
    return { KUBE_APISERVER_BIN: apiserver, ETCD_BIN: etcd };
  })),
  ...(await environmentOf('kubeconform', async () => {
    const { kubeconform, apis } = await ensureKubeconform({ steps });
    return { KUBECONFORM_BIN: kubeconform, KUBERNETES_APIS: apis };
  })),
  ...(await environmentOf('the command line of Perses', async () => ({ PERCLI_BIN: await ensurePercli({ steps }) }))),
  ...(await environmentOf('nginx', async () => ({ NGINX_BIN: await ensureNginx({ steps }) }))),
  ...(await environmentOf('Redis', async () => ({ REDIS_BIN: await ensureRedis({ steps }) }))),
  ...(await environmentOf('the Perses server', async () => ({ PERSES_HOME: await ensurePerses({ steps }) }))),
};

const results = mkdtempSync(join(tmpdir(), 'odh-observability-peers-'));
const report = join(results, 'peers.json');
const holds = await run({ ...environment, PLAYWRIGHT_JSON_OUTPUT_NAME: report });
const totals = { passed: 0, failed, skipped: 0 };
try {
  const { stats } = JSON.parse(readFileSync(report, 'utf8'));
  totals.passed += stats.expected + stats.flaky;
  totals.failed += stats.unexpected;
  totals.skipped += stats.skipped;
} catch (error) {
  console.error(`No report was written: ${error.message}`);
}
rmSync(results, { recursive: true, force: true });
// A runner that ended badly without a failed test, and a run without a test in CI, have failed too.
if (totals.failed === 0 && (!holds || (inCi && totals.passed === 0))) totals.failed += 1;

console.log(`\n${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`);
process.exit(totals.failed === 0 ? 0 : 1);
