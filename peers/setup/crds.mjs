// Custom resource definitions of the projects whose resources the chart makes, from those projects' Go modules.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../demo/setup/index.mjs';
import { requireCommands } from './commands.mjs';

/** Files by module; peers/crds/go.mod has the versions. */
const files = {
  'github.com/cert-manager/cert-manager': ['deploy/crds/cert-manager.io_certificates.yaml'],
  'github.com/openshift/api': ['route/v1/zz_generated.crd-manifests/routes-Default.crd.yaml'],
  'github.com/prometheus-operator/prometheus-operator': [
    'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
    'example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml',
  ],
  'sigs.k8s.io/gateway-api': [
    'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml',
    'config/crd/standard/gateway.networking.k8s.io_backendtlspolicies.yaml',
  ],
};

/** Paths of the files. */
export async function ensureCrds({ steps }) {
  requireCommands({ go: 'version' });
  const { stdout } = await steps.run('Fetching resource definitions', () =>
    promisify(execFile)('go', ['mod', 'download', '-json', ...Object.keys(files)], { cwd: join(projectRoot, 'peers/crds'), env: { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=readonly' } }),
  );
  // One JSON object after the other.
  const modules = JSON.parse(`[${stdout.replaceAll(/^}\n(?=\{)/gm, '},')}]`);
  return modules.flatMap(({ Path, Dir }) => files[Path].map((file) => join(Dir, file)));
}
