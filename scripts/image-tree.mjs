/**
 * Writes what the image holds into a folder: the build, what it loads of `node_modules`, and the built-in dashboards.
 * Which files of packages are loaded is traced, as Next does for its own, so that nothing else gets in.
 *
 *     node scripts/image-tree.mjs <folder>
 */
import { cp, lstat, mkdir, readdir, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { projectRoot } from '../demo/setup/index.mjs';

const { nodeFileTrace } = createRequire(import.meta.url)('next/dist/compiled/@vercel/nft');

/** What the image starts, and the command line, for people in a pod. */
const entries = ['dist/server.js', 'dist/cli.js'];

/** Copied whole. When Next reads its configuration, it looks for each file of its webpack, and for Babel's package.json. */
const folders = ['.next/static', 'public', 'dashboards', 'node_modules/next/dist/compiled/webpack'];
const files = ['node_modules/next/dist/compiled/@babel/runtime/package.json', 'package.json', 'next.config.js', 'LICENSE', '.next/BUILD_ID', '.next/package.json'];

/** Of Next's output neither caches nor what it says about the build itself. */
const ofTheBuild = /^\.next\/(?:cache|diagnostics|types|trace|trace-build|turbopack|standalone)(?:\/|$)|\.nft\.json$/;

/** Loaded by Next only to build or to develop; images are not resized (`images.unoptimized`). Nothing behind it is traced. */
const ofDevelopment = /^node_modules\/(?:webpack|typescript|esbuild|@esbuild|sharp|@img|@next\/swc[^/]*|playwright[^/]*|@playwright|next\/dist\/compiled\/(?:babel|babel-packages|next-devtools))\/|^node_modules\/next\/.*\.dev\.js$/;

/** For people and compilers; what is in `public/` is for browsers. */
const notLoaded = /^(?!public\/).*\.(?:map|ts|mts|cts|md|flow)$/;

const inProject = (path) => relative(projectRoot, path).split(sep).join('/');

async function listFiles(folder) {
  const found = await readdir(join(projectRoot, folder), { recursive: true, withFileTypes: true });
  return found.filter((entry) => !entry.isDirectory()).map((entry) => inProject(join(entry.parentPath, entry.name)));
}

/** What Next found that a part of its output loads; paths there are relative to the list. */
async function readTrace(list) {
  const { files: traced } = JSON.parse(await readFile(join(projectRoot, list), 'utf8'));
  return traced.map((file) => inProject(resolve(projectRoot, dirname(list), file)));
}

/** Paths of every file of the image, relative to the project, sorted. */
async function findFiles() {
  const output = await listFiles('.next');
  const traces = output.filter((file) => file.endsWith('.nft.json') && file !== '.next/next-minimal-server.js.nft.json');
  const { fileList } = await nodeFileTrace(entries, { base: projectRoot, ignore: (path) => ofDevelopment.test(path) });
  const all = [
    ...files,
    ...(await Promise.all(folders.map(listFiles))).flat(),
    ...output.filter((file) => !ofTheBuild.test(file)),
    ...[...fileList].map((file) => file.split(sep).join('/')),
    ...(await Promise.all(traces.map(readTrace))).flat(),
  ];
  // A trace of a page names sources that the bundle holds already.
  const belongs = (file) => /^(?:\.next|node_modules|public|dashboards|dist)\//.test(file) || files.includes(file) || entries.includes(file);
  return [...new Set(all)].filter((file) => belongs(file) && !ofDevelopment.test(file) && !notLoaded.test(file)).sort();
}

async function copy(file, target) {
  const from = join(projectRoot, file);
  const to = join(target, file);
  await mkdir(dirname(to), { recursive: true });
  if ((await lstat(from)).isSymbolicLink()) {
    await symlink(await readlink(from), to);
    return 0;
  }
  await cp(from, to);
  return (await lstat(from)).size;
}

const [target] = process.argv.slice(2);
if (target === undefined) {
  console.error('Name the folder to write to: node scripts/image-tree.mjs <folder>');
  process.exit(1);
}
const directory = resolve(target);
await rm(directory, { recursive: true, force: true });
const sizes = new Map();
const found = await findFiles();
for (const file of found) {
  const part = file.startsWith('node_modules/') ? 'node_modules' : file.split('/').slice(0, file.startsWith('.next/') ? 2 : 1).join('/');
  sizes.set(part, (sizes.get(part) ?? 0) + (await copy(file, directory)));
}
const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
for (const [part, bytes] of [...sizes].sort((a, b) => b[1] - a[1]).slice(0, 6)) console.log(`${megabytes(bytes).padStart(10)}  ${part}`);
console.log(`${megabytes([...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)).padStart(10)}  ${found.length} files in ${directory}`);
