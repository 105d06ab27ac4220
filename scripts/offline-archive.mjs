/**
 * Writes one archive (tar.gz) for a cluster without the internet: the files of the image with a Containerfile that needs
 * nothing but its base image, the chart, dashboards, documents, bill of materials, the list of images, and digests of all.
 * The app must be built (`npm run build`).
 *
 *     node scripts/offline-archive.mjs <archive> [--runtime <base image, by digest for a release>]
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { projectRoot } from '../demo/setup/index.mjs';
import { billOfMaterials } from './sbom.mjs';

/** Copied as they are. */
const copied = ['helm', 'dashboards', 'alerts/recording-rules.yaml', 'alerts/alert-rules.yaml', 'docs', 'examples', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'LICENSE'];

/**
 * The stage that makes the image, on files that lie beside it instead of a build.
 *
 * @param containerfile text of the Containerfile
 * @param runtime base image; without one, the Containerfile's own
 */
export function offlineContainerfile(containerfile, runtime = runtimeOf(containerfile)) {
  const [, stage] = containerfile.split(/^(?=FROM \$\{RUNTIME\}$)/m);
  const built = 'COPY --from=build --chown=0:0 /image /app';
  if (stage === undefined || !stage.includes(built)) throw new Error('The Containerfile has another form than scripts/offline-archive.mjs knows.');
  return `ARG RUNTIME=${runtime}\n\n${stage.replace(built, 'COPY --chown=0:0 image /app')}`;
}

function runtimeOf(containerfile) {
  const [, runtime] = /^ARG RUNTIME=(\S+)$/m.exec(containerfile) ?? [];
  if (runtime === undefined) throw new Error('The Containerfile names no RUNTIME.');
  return runtime;
}

/**
 * Every image that has to be in the cluster's registry, or is needed to make one of them.
 *
 * @returns each with its digest where its name has one, and null where it is known only once the image is pushed
 */
export function imageList(containerfile, version, runtime = runtimeOf(containerfile)) {
  return [
    { image: runtime, digest: digestIn(runtime), use: 'base: mirror it to build the image inside' },
    { image: `odh-observability:${version}`, digest: null, use: 'app: built from this archive, and the only image that the chart runs' },
  ];
}

function digestIn(image) {
  return /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1] ?? null;
}

/** In the form that `sha256sum -c` reads; links are not followed. */
async function digestsOf(folder) {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
  const lines = [];
  for (const file of files) lines.push(`${createHash('sha256').update(await readFile(file)).digest('hex')}  ${relative(folder, file)}\n`);
  return lines.join('');
}

async function writeArchive(archive, runtime) {
  const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  const containerfile = await readFile(join(projectRoot, 'Containerfile'), 'utf8');
  const { bill, problems } = await billOfMaterials();
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const work = await mkdtemp(join(tmpdir(), 'odh-offline-'));
  try {
    const name = `odh-observability-${version}`;
    const folder = join(work, name);
    await mkdir(folder);
    execFileSync(process.execPath, [join(projectRoot, 'scripts', 'image-tree.mjs'), join(folder, 'image')], { stdio: 'inherit' });
    for (const path of copied) await cp(join(projectRoot, path), join(folder, path), { recursive: true });
    const images = imageList(containerfile, version, runtime);
    await writeFile(join(folder, 'Containerfile'), offlineContainerfile(containerfile, runtime));
    await writeFile(join(folder, 'image-list.txt'), images.map(({ image }) => `${image}\n`).join(''));
    await writeFile(join(folder, 'image-list.json'), `${JSON.stringify({ images }, null, 2)}\n`);
    await writeFile(join(folder, 'sbom.json'), `${JSON.stringify(bill, null, 2)}\n`);
    await writeFile(join(folder, 'SHA256SUMS'), await digestsOf(folder));
    execFileSync('tar', ['-czf', resolve(archive), '-C', work, name], { stdio: 'inherit' });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values, positionals } = parseArgs({ options: { runtime: { type: 'string' } }, allowPositionals: true });
  const [archive] = positionals;
  if (archive === undefined) {
    console.error('Name the archive to write: node scripts/offline-archive.mjs <archive>');
    process.exit(1);
  }
  await writeArchive(archive, values.runtime);
}
