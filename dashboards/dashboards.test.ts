import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../lib/config/schema';
import { parseDashboard } from '../lib/dashboards/parse';
import { enforce } from '../lib/promql/enforce';

const directory = import.meta.dirname;
const files = readdirSync(directory).filter((file) => file.endsWith('.yaml'));

const querySpec = z.object({ plugin: z.object({ spec: z.object({ query: z.string(), seriesNameFormat: z.string().min(1) }) }) });

/** A query as a browser sends it with everything selected. */
const withValues = (query: string): string => query.replaceAll(/\$(namespace|job)\b/g, '.+');

describe.each(files)('%s', (file) => {
  const parsed = parseDashboard(parse(readFileSync(path.join(directory, file), 'utf8')), 'platform');
  const dashboard = 'dashboard' in parsed ? parsed.dashboard : undefined;
  const panels = Object.entries(dashboard?.spec.panels ?? {});

  it('is a valid dashboard', () => {
    expect(parsed).not.toHaveProperty('problems');
    expect(panels.length).toBeGreaterThan(0);
  });

  it('says what it answers and how to read it, and belongs to a category', () => {
    expect(dashboard?.spec.display?.description).toMatch(/\?$/);
    expect(dashboard?.metadata.annotations).toMatchObject({ category: expect.any(String) as string, help: expect.stringContaining('##') as string });
  });

  it('lets people choose the project', () => {
    expect(dashboard?.spec.variables?.[0]).toMatchObject({ spec: { name: 'namespace', display: { name: 'Project' } } });
  });

  it('shows every panel once', () => {
    const shown = (dashboard?.spec.layouts ?? []).flatMap(({ spec }) => spec.items.map(({ content }) => content.$ref.split('/').at(-1)));
    expect(shown.sort()).toEqual(panels.map(([key]) => key).sort());
  });

  describe.each(panels)('panel %s', (_key, { spec }) => {
    it('has its unit in the title', () => {
      expect(spec.display?.name).toMatch(/\(.+\)$/);
    });

    it('explains what it shows, what is healthy, what causes a bad value, and what to do', () => {
      expect(spec.display?.description).toMatch(/^What: .+\nHealthy: .+\nUsual cause .+\nNext step: .+$/);
    });

    it('asks only what can be limited to the projects of whoever looks', () => {
      const scope = { kind: 'namespaces', namespaces: ['a'] } as const;
      const queries = (spec.queries ?? []).map((query) => querySpec.parse(query.spec).plugin.spec.query);
      expect(queries.length).toBeGreaterThan(0);
      for (const query of queries) {
        expect(query).toContain('namespace=~"$namespace"');
        expect(enforce(withValues(query), scope, { label: 'namespace', limits: configSchema.shape.limits.parse({}) })).toContain('namespace="a"');
      }
    });
  });
});
