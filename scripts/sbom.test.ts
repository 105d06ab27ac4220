/** The bill of materials of the installed packages. */
import { expect, it } from 'vitest';
import { billOfMaterials } from './sbom.mjs';

it('names each package with version, hash and a licence that may be passed on', async () => {
  const { bill, problems } = await billOfMaterials();
  expect(problems).toEqual([]);
  expect(bill.bomFormat).toBe('CycloneDX');
  const names = bill.components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['next', 'react', '@perses-dev/dashboards', '@module-federation/nextjs-mf']));
  expect(names).not.toContain('vitest');
  for (const { name, version, purl, licenses } of bill.components) {
    expect(purl, name).toContain(`@${version}`);
    expect(licenses, name).toHaveLength(1);
  }
  const refs = new Set(bill.components.map((component) => component['bom-ref']));
  expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
}, 60_000);
