import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema, secretsSchema } from '../../lib/config/schema';
import { errorCodes } from '../../lib/contracts/errors';
import { configurationPage, exampleConfiguration } from './configuration';
import { troubleshootingPage } from './troubleshooting';

describe('docs/configuration.md', () => {
  it('has an example that the app would start with', () => {
    const example = configSchema.parse(parse(exampleConfiguration()));
    expect(example.datasources).toMatchObject([
      { name: 'prometheus', default: true, url: 'https://thanos-querier.openshift-monitoring.svc:9091', scopeLabel: 'namespace', credential: { type: 'token-exchange', audience: 'prometheus' } },
    ]);
  });

  it('has an example with every key', () => {
    // What the schema adds to a minimal file are the keys with a default; the example must spell all of them out.
    const written: unknown = parse(exampleConfiguration());
    expect(keysOf(written)).toEqual(keysOf(configSchema.parse(written)));
  });

  it('names every secret, and describes every key', () => {
    const page = configurationPage();
    for (const name of Object.keys(secretsSchema.shape)) {
      expect(page).toContain(`| \`${name}\` | `);
    }
    const undescribed = page.split('\n').filter((line) => line.startsWith('| `') && line.endsWith('|  |'));
    expect(undescribed).toEqual([]);
  });
});

function keysOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) {
    return [prefix];
  }
  return Object.entries(value).flatMap(([key, child]) => keysOf(child, `${prefix}/${key}`)).sort();
}

it('docs/troubleshooting.md has a section for each code, where the app links to', () => {
  const page = troubleshootingPage();
  for (const code of errorCodes) {
    expect(page).toContain(`<a id="${code}"></a>`);
  }
});
