// The API server of Kubernetes and the etcd that it keeps its objects in.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../demo/setup/index.mjs';
import { ensureGoTools } from './go-tools.mjs';

const folder = 'peers/kube';

/** Paths of `kube-apiserver` and `etcd`. */
export async function ensureKubernetes({ steps }) {
  const version = /k8s\.io\/kubernetes (v\S+)/.exec(await readFile(join(projectRoot, folder, 'go.mod'), 'utf8'))?.[1];
  const programs = {
    // Without it the server takes itself for version 0.
    'kube-apiserver': { packagePath: 'k8s.io/kubernetes/cmd/kube-apiserver', variables: { 'k8s.io/component-base/version.gitVersion': version } },
    etcd: { packagePath: 'go.etcd.io/etcd/server/v3' },
  };
  return ensureGoTools({ steps, title: 'kube-apiserver and etcd', folder, programs });
}
