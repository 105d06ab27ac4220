// `npm test`: installs what the tests need, runs every check, and ends with the line "N passed, N failed".
// Plain JavaScript without imports from npm, because it runs before the packages are there.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuild, ensureChromium, ensureNpmPackages, ensurePrometheus, SetupError } from '../demo/setup/index.mjs';

const results = mkdtempSync(join(tmpdir(), 'odh-observability-test-'));
const totals = { passed: 0, failed: 0, skipped: 0, flaky: 0 };
const failures = [];

/** Runs a command with its output shown; resolves with whether it exited with 0. */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** A check that either holds or does not: counts as one. */
async function check(title, holds) {
  console.log(`\n── ${title}`);
  const passed = await holds();
  totals[passed ? 'passed' : 'failed'] += 1;
  if (!passed) failures.push(title);
  return passed;
}

const script = (name) => () => run('npm', ['run', '--silent', name]);

/** The build that the end-to-end tests run against; made anew only when a source changed since the last one. */
async function build() {
  try {
    await ensureBuild();
    return true;
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    return false;
  }
}

/** A test runner that writes a report: counts as many as it ran; a runner that fails without a report counts as one. */
async function suite(title, args, env, count) {
  console.log(`\n── ${title}`);
  const passed = await run('npx', ['--no-install', ...args], env);
  let counted = {};
  try {
    counted = count();
  } catch (error) {
    console.error(`No report was written: ${error.message}`);
  }
  // A failing set-up or an empty run is a failure too, though no single test failed.
  const { passed: succeeded = 0, failed = 0 } = counted;
  if ((!passed && failed === 0) || succeeded + failed === 0) counted.failed = failed + 1;
  for (const key of Object.keys(totals)) totals[key] += counted[key] ?? 0;
  if (counted.failed > 0) failures.push(title);
}

const readReport = (name) => JSON.parse(readFileSync(join(results, name), 'utf8'));

/** The tools of the tests; without them there is nothing to run. */
async function setUp() {
  try {
    await ensureNpmPackages();
    return { ...(await ensurePrometheus()), chromium: await ensureChromium() };
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    return process.exit(1);
  }
}

const { prometheus, promtool, chromium } = await setUp();
const tools = { PROMETHEUS_BIN: prometheus, PROMTOOL_BIN: promtool, CHROMIUM_PATH: chromium };

await check('Type check', script('typecheck'));
await check('Lint and layer rules', script('lint'));
await check('Generated documents', script('docs:check'));
// The rest of `dashboards:check`, the rules, is among the unit tests.
await check('Dashboards', () => run('npx', ['--no-install', 'tsx', 'scripts/dashboards-check.ts']));
await suite('Unit tests', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(results, 'unit.json')}`], tools, () => {
  const report = readReport('unit.json');
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests };
});
if (await check('Production build', build)) {
  await suite('End-to-end tests', ['playwright', 'test'], { ...tools, PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, 'e2e.json') }, () => {
    const { stats } = readReport('e2e.json');
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped, flaky: stats.flaky };
  });
} else {
  console.log('\nEnd-to-end tests did not run: there is no build.');
}
rmSync(results, { recursive: true, force: true });

if (totals.flaky > 0) console.log(`\n${totals.flaky} of those passed only when tried again; they are listed as flaky above.`);
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`);
process.exit(totals.failed === 0 ? 0 : 1);
