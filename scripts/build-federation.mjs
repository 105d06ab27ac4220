// Builds the federated modules and publishes them in public/federation, unless what is there was made from the same
// sources. The files of the build before stay: a page that was open while a new version came still finds its chunks.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { hashFiles, projectRoot, runCommand } from '../demo/setup/index.mjs';

/** What the federated build reads. */
const inputs = ['federation', 'components', 'lib/contracts', 'scripts/build-federation.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'];
const isSource = (path) => !/\.test\.tsx?$/.test(path);

const built = join(projectRoot, 'federation', '.next', 'static');
const published = join(projectRoot, 'public', 'federation');
/** Which sources each kept build was made of and which files it has, the newest first. */
const record = join(projectRoot, 'dist', 'federation.json');
const keptBuilds = 2;

/** Next's own page and its loader: no exposed module reaches them. */
const ofThePage = /^chunks\/(pages\/|main-|polyfills-|webpack-|federated-stats\.json|mf-stats\.json)/;

async function readRecord() {
  try {
    return JSON.parse(await readFile(record, 'utf8'));
  } catch {
    return [];
  }
}

/** Files of a folder with the folders below, relative to it; none when it does not exist. */
async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** Beside each file its compressed forms: what a browser waits for most is worth the best compression, made once. */
async function compress(path) {
  const content = await readFile(path);
  const brotli = await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  await writeFile(`${path}.br`, brotli);
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }));
}

async function publish(hash, previous) {
  const chunks = (await listFiles(built)).filter((file) => /^(chunks|css)\//.test(file) && !ofThePage.test(file));
  const files = chunks.map((file) => join('_next', 'static', file));
  const types = await listFiles(join(projectRoot, 'federation', 'types'));
  await mkdir(published, { recursive: true });
  const already = new Set(await listFiles(published));
  const wanted = [
    ...chunks.map((file, index) => [join(built, file), files[index]]),
    ...types.filter((file) => file.endsWith('.d.ts')).map((file) => [join(projectRoot, 'federation', 'types', file), join('types', file)]),
  ];
  // What carries a hash in its name and is there is the same file.
  const stale = wanted.filter(([, to]) => !(already.has(`${to}.br`) && /[.-][0-9a-f]{16}\.\w+$/.test(to)));
  for (let next = 0; next < stale.length; next += availableParallelism()) {
    await Promise.all(
      stale.slice(next, next + availableParallelism()).map(async ([from, to]) => {
        const target = join(published, to);
        await mkdir(dirname(target), { recursive: true });
        await cp(from, target);
        await compress(target);
      }),
    );
  }
  const builds = [{ hash, files: wanted.map(([, to]) => to) }, ...previous.filter((build) => build.hash !== hash)].slice(0, keptBuilds);
  const kept = new Set(builds.flatMap((build) => build.files.flatMap((file) => [file, `${file}.br`, `${file}.gz`])));
  await Promise.all([...already].filter((file) => !kept.has(file)).map((file) => rm(join(published, file))));
  await mkdir(dirname(record), { recursive: true });
  await writeFile(record, JSON.stringify(builds));
}

const hash = await hashFiles(projectRoot, inputs, isSource);
const previous = await readRecord();
const present = new Set(await listFiles(published));
if (previous[0]?.hash !== hash || !previous[0].files.every((file) => present.has(file) && present.has(`${file}.br`))) {
  // Loaded by nextjs-mf in place of the webpack that Next brings along.
  const env = { ...process.env, NODE_ENV: 'production', NEXT_PRIVATE_LOCAL_WEBPACK: 'true', NEXT_TELEMETRY_DISABLED: '1' };
  await runCommand(process.execPath, [join('node_modules', 'next', 'dist', 'bin', 'next'), 'build'], { cwd: join(projectRoot, 'federation'), env, onLine: (line) => process.stdout.write(`${line}\n`) });
  await publish(hash, previous);
}
