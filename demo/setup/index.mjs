// What must be there before the demo or the tests can run. Plain JavaScript without packages: it installs them.
export { ensureBuild } from './build.mjs';
export { hashFiles } from './hash-files.mjs';
export { ensureNpmPackages, packagesAreCurrent } from './npm.mjs';
export { projectRoot } from './project-root.mjs';
export { runCommand } from './run-command.mjs';
export { SetupError } from './setup-error.mjs';
export { createSteps } from './steps.mjs';
export { ensureChromium, ensureNginx, ensurePrometheus, ensureRedis } from './tools.mjs';
