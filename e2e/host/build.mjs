// Builds the host, unless what is there was made from the same sources.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import webpack from 'webpack';
import { hashFiles, projectRoot } from '../../demo/setup/index.mjs';
import { config } from './webpack.config.mjs';

export async function buildHost(mode) {
  const { path } = config(mode).output;
  const stamp = `${path}.sha256`;
  const hash = await hashFiles(projectRoot, ['e2e/host/src', 'e2e/host/webpack.config.mjs', 'package-lock.json']);
  const built = await readdir(path).catch(() => []);
  if (built.length > 0 && (await readFile(stamp, 'utf8').catch(() => '')) === hash) return path;
  const stats = await new Promise((resolve, reject) => {
    webpack(config(mode), (error, result) => (error === null ? resolve(result) : reject(error)));
  });
  if (stats.hasErrors()) throw new Error(stats.toString({ colors: false, errors: true, all: false }));
  const { assetsByChunkName } = stats.toJson({ all: false, assets: true, chunkGroups: true });
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'entry.json'), JSON.stringify(assetsByChunkName.main));
  await writeFile(stamp, hash);
  return path;
}
