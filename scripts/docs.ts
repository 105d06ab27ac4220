/**
 * Writes the pages of docs/ and the chart's schema of values, which are made from the code; with `--check`, says which ones are out of date instead.
 *
 *     npx tsx scripts/docs.ts [--check]
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chartValuesSchema } from './docs/chart-values';
import { configurationPage } from './docs/configuration';
import { troubleshootingPage } from './docs/troubleshooting';

const root = join(import.meta.dirname, '..');

const pages: Readonly<Record<string, string>> = {
  'docs/configuration.md': configurationPage(),
  'docs/troubleshooting.md': troubleshootingPage(),
  'helm/odh-observability/values.schema.json': chartValuesSchema(),
};

if (process.argv.includes('--check')) {
  const outdated = Object.keys(pages).filter((path) => pages[path] !== read(join(root, path)));
  for (const path of outdated) {
    console.error(`${path} is not what the code says. Run \`npm run docs\` and commit the result.`);
  }
  process.exitCode = outdated.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of Object.entries(pages)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
