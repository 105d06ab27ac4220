// Helm, which turns the chart and a set of values into what is applied to a cluster.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../demo/setup/index.mjs';
import { ensureGoTools } from './go-tools.mjs';

const folder = 'peers/helm';

/** Path of `helm`. */
export async function ensureHelm({ steps }) {
  const version = /helm\.sh\/helm\/v3 (v\S+)/.exec(await readFile(join(projectRoot, folder, 'go.mod'), 'utf8'))?.[1];
  // Without it, Helm takes itself for version 3.19 whichever it is.
  const programs = { helm: { packagePath: 'helm.sh/helm/v3/cmd/helm', variables: { 'helm.sh/helm/v3/internal/version.version': version } } };
  const { helm } = await ensureGoTools({ steps, title: 'Helm', folder, programs });
  return helm;
}
