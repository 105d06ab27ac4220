// Finds the programs that are not npm packages: Prometheus for the demo, Chromium for the tests. Installs them where that
// needs no decision (Debian or Ubuntu, as root); elsewhere says exactly what to install and how to point at it.
import { access, constants, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';
import { createSteps } from './steps.mjs';

async function isExecutable(path) {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function onPath(names, env) {
  for (const name of names) {
    for (const directory of (env.PATH ?? '').split(delimiter)) {
      const candidate = join(directory, name);
      if (directory !== '' && (await isExecutable(candidate))) return candidate;
    }
  }
  return undefined;
}

/** A program by its environment variable, else by its name on PATH; undefined when it is nowhere. */
async function find({ variable, names }, env) {
  const chosen = env[variable];
  if (chosen === undefined || chosen === '') return onPath(names, env);
  if (await isExecutable(chosen)) return chosen;
  throw new SetupError(`${variable} is "${chosen}", which is not an executable file.`);
}

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Debian starts a package's service when it installs it; a Prometheus service would take the port that the demo wants.
 * A policy-rc.d that answers 101 forbids it (https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt).
 */
async function withoutStartingServices(install) {
  const policy = '/usr/sbin/policy-rc.d';
  const needed = (await exists('/run/systemd/system')) && !(await exists(policy));
  if (needed) await writeFile(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install();
  } finally {
    if (needed) await rm(policy, { force: true });
  }
}

async function installPackage(name, { env, signal, report }) {
  const apt = (...args) =>
    runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      signal,
      onLine: (line) => report(line.trim().slice(0, 70)),
    });
  await apt('update');
  await withoutStartingServices(() => apt('install', '-y', '--no-install-recommends', name));
}

/**
 * Finds every program of a package, installing the package when one is missing.
 *
 * @param wanted the package, its programs ({ variable, names }), and the advice for people where it cannot be installed
 * @throws SetupError with that advice
 */
async function ensurePrograms(wanted, { steps = createSteps(), signal, env = process.env, uid = process.getuid?.() } = {}) {
  const findAll = () => Promise.all(wanted.programs.map((program) => find(program, env)));
  let found = await findAll();
  if (found.includes(undefined) && uid === 0 && (await onPath(['apt-get'], env)) !== undefined) {
    await steps.run(`Installing ${wanted.debianPackage} with apt-get`, (report) => installPackage(wanted.debianPackage, { env, signal, report }));
    found = await findAll();
  }
  const missing = wanted.programs.filter((_, index) => found[index] === undefined);
  if (missing.length > 0) {
    throw new SetupError(`${missing.map(({ names }) => names[0]).join(' and ')} ${missing.length > 1 ? 'were' : 'was'} not found.\n${wanted.advice}`);
  }
  return found;
}

const prometheusPackage = {
  debianPackage: 'prometheus',
  programs: [
    { variable: 'PROMETHEUS_BIN', names: ['prometheus'] },
    { variable: 'PROMTOOL_BIN', names: ['promtool'] },
  ],
  advice: [
    'Install Prometheus 2.40 or later, which brings both programs:',
    '  Debian or Ubuntu:  sudo apt-get install --no-install-recommends prometheus',
    '  macOS:             brew install prometheus',
    '  elsewhere:         unpack an archive of https://prometheus.io/download/',
    'Put them on PATH, or set PROMETHEUS_BIN and PROMTOOL_BIN to the two files.',
    'For the demo, PROMETHEUS_URL can name a Prometheus that is already running instead.',
  ].join('\n'),
};

const chromiumPackage = {
  debianPackage: 'chromium',
  programs: [{ variable: 'CHROMIUM_PATH', names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] }],
  advice: [
    'The end-to-end tests need Chromium or Chrome:',
    '  Debian:     sudo apt-get install --no-install-recommends chromium',
    '  elsewhere:  install Chrome or Chromium',
    'Put it on PATH, or set CHROMIUM_PATH to the program.',
  ].join('\n'),
};

const nginxPackage = {
  debianPackage: 'nginx-light',
  programs: [{ variable: 'NGINX_BIN', names: ['nginx'] }],
  advice: ['The tests with several replicas need nginx:', '  Debian or Ubuntu:  sudo apt-get install --no-install-recommends nginx-light', 'Put it on PATH, or set NGINX_BIN to the program.'].join('\n'),
};

const redisPackage = {
  debianPackage: 'redis-server',
  programs: [{ variable: 'REDIS_BIN', names: ['valkey-server', 'redis-server'] }],
  advice: ['The tests of what replicas share need Redis 6.2 or later, or Valkey:', '  Debian or Ubuntu:  sudo apt-get install --no-install-recommends redis-server', 'Put it on PATH, or set REDIS_BIN to the program.'].join('\n'),
};

/** Paths of Prometheus's two programs. */
export async function ensurePrometheus(options) {
  const [prometheus, promtool] = await ensurePrograms(prometheusPackage, options);
  return { prometheus, promtool };
}

/** Path of Chromium. */
export async function ensureChromium(options) {
  const [chromium] = await ensurePrograms(chromiumPackage, options);
  return chromium;
}

/** Path of nginx. */
export async function ensureNginx(options) {
  const [nginx] = await ensurePrograms(nginxPackage, options);
  return nginx;
}

/** Path of the server of Redis or Valkey. */
export async function ensureRedis(options) {
  const [redis] = await ensurePrograms(redisPackage, options);
  return redis;
}
