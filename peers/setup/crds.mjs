// Custom resource definitions of the projects whose resources the chart makes, from those projects' Go modules.
import { join } from 'node:path';
import { ensureGoModules } from './go-modules.mjs';

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
  const folders = await ensureGoModules({ steps, title: 'resource definitions', folder: 'peers/crds', modules: Object.keys(files) });
  return Object.entries(files).flatMap(([module, paths]) => paths.map((path) => join(folders[module], path)));
}
