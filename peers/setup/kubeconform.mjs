// kubeconform, and what each version of Kubernetes serves: the description of its API, out of its Go module.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../demo/setup/index.mjs';
import { ensureGoTools } from './go-tools.mjs';
import { cache } from './paths.mjs';

const folder = 'peers/kubeconform';
const module = 'k8s.io/kubernetes';

/** Path of `kubeconform`, and the folder with a file for each version of peers/kubeconform/versions.json. */
export async function ensureKubeconform({ steps }) {
  const { kubeconform } = await ensureGoTools({ steps, title: 'kubeconform', folder, programs: { kubeconform: { packagePath: 'github.com/yannh/kubeconform/cmd/kubeconform' } } });
  const apis = join(cache, 'kubernetes-apis');
  await mkdir(apis, { recursive: true });
  const versions = JSON.parse(await readFile(join(projectRoot, folder, 'versions.json'), 'utf8'));
  const missing = [];
  for (const [version, sum] of Object.entries(versions)) {
    const file = join(apis, `${version}.json`);
    if ((await readFile(file).catch(() => undefined)) === undefined) missing.push({ version, sum, file });
  }
  if (missing.length > 0) {
    await steps.run('Fetching the APIs of Kubernetes versions', async (report) => {
      for (const { version, sum, file } of missing) {
        report(version);
        await fetchApi(version, sum, file);
      }
    });
  }
  return { kubeconform, apis };
}

/** One file of a hundred megabytes; a go.mod can name one version only, so its digest is compared here. */
async function fetchApi(version, sum, file) {
  const modules = await mkdtemp(join(tmpdir(), 'odh-kubernetes-'));
  try {
    const env = { ...process.env, GOMODCACHE: modules, GOWORK: 'off', GOFLAGS: '-modcacherw' };
    const { stdout } = await promisify(execFile)('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd: modules, env });
    const { Dir: directory, Sum: found } = JSON.parse(stdout);
    if (found !== sum) throw new Error(`${module} ${version} is ${found}, and not ${sum}`);
    await copyFile(join(directory, 'api', 'openapi-spec', 'swagger.json'), `${file}.unfinished`);
    await rename(`${file}.unfinished`, file);
  } finally {
    await rm(modules, { recursive: true, force: true });
  }
}
