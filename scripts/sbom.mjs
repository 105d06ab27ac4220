/**
 * Writes the bill of materials of what is shipped: the npm packages that the app and its federated modules are made and
 * built of, with versions, hashes and licences, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). Fails on a licence
 * that may not be passed on with this app's. Read from the lock file: `npm sbom` leaves out what is a peer as well.
 *
 *     node scripts/sbom.mjs <file>
 */
import { Buffer } from 'node:buffer';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../demo/setup/index.mjs';

/** Licences that may be passed on together with Apache-2.0, by their SPDX names (https://spdx.org/licenses/). */
const compatible = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'CC-BY-4.0', 'ISC', 'MIT', 'Python-2.0', 'Unlicense', '(MIT OR Apache-2.0)', '(MPL-2.0 OR Apache-2.0)']);

const prefix = 'node_modules/';
const nameOf = (path) => path.slice(path.lastIndexOf(prefix) + prefix.length);

/** https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md */
const urlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** The licence that a package's own file names, where its package.json names none. */
async function licenseInFile(folder) {
  const text = await readFile(join(folder, 'LICENSE'), 'utf8').catch(() => '');
  if (/Apache License\s+Version 2\.0/.test(text)) return 'Apache-2.0';
  if (/Permission is hereby granted, free of charge/.test(text)) return 'MIT';
  return undefined;
}

/** Where Node finds what a package asks for: below it, or below a folder that it lies in. */
function resolve(packages, from, wanted) {
  const folders = from.split(/\/?node_modules\//);
  for (let depth = folders.length; depth > 0; depth -= 1) {
    const path = [...folders.slice(0, depth), wanted].join(`/${prefix}`).replace(/^\//, '');
    if (packages[path] !== undefined) return path;
  }
  return undefined;
}

/** "SHA-512" and hexadecimal, from a subresource integrity value. */
function hashOf(integrity) {
  const [algorithm, digest] = integrity.split('-');
  return { alg: algorithm.toUpperCase().replace('SHA', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') };
}

/** @returns the bill of materials, and what is wrong with its licences, one sentence each */
export async function billOfMaterials(root = projectRoot) {
  const { name, version, packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  // Optional ones are for other platforms, or for what is not used here, such as `sharp`, which resizes images.
  const shipped = Object.entries(packages).filter(([path, { dev, devOptional, optional, link }]) => path.includes(prefix) && !dev && !devOptional && !optional && !link);
  const paths = new Set(shipped.map(([path]) => path));
  const refOf = (path) => (path === '' ? name : path);
  const problems = [];
  const components = [];
  const dependencies = [{ ref: name, dependsOn: Object.keys(packages[''].dependencies).map((wanted) => prefix + wanted) }];
  for (const [path, entry] of shipped) {
    const license = entry.license ?? (await licenseInFile(join(root, path)));
    if (license === undefined) problems.push(`${nameOf(path)} ${entry.version} names no licence.`);
    else if (!compatible.has(license)) problems.push(`${nameOf(path)} ${entry.version}: its licence ${license} is not among those that may be passed on.`);
    components.push({
      type: 'library',
      'bom-ref': refOf(path),
      name: nameOf(path),
      version: entry.version,
      purl: urlOf(nameOf(path), entry.version),
      hashes: entry.integrity === undefined ? [] : [hashOf(entry.integrity)],
      licenses: license === undefined ? [] : [license.startsWith('(') ? { expression: license } : { license: { id: license } }],
    });
    const wanted = Object.keys({ ...entry.dependencies, ...entry.peerDependencies });
    dependencies.push({ ref: refOf(path), dependsOn: [...new Set(wanted.flatMap((other) => resolve(packages, path, other) ?? []))].filter((other) => paths.has(other)).sort() });
  }
  const bill = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component: { type: 'application', 'bom-ref': name, name, version, licenses: [{ license: { id: packages[''].license } }] } }, components, dependencies };
  return { bill, problems };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [file] = process.argv.slice(2);
  if (file === undefined) {
    console.error('Name the file to write to: node scripts/sbom.mjs <file>');
    process.exit(2);
  }
  const { bill, problems } = await billOfMaterials();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
  await writeFile(file, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`${bill.components.length} packages in ${file}`);
}
