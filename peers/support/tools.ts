/** Where scripts/test-peers.mjs put the programs that are not npm packages; the only place here that reads the environment. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../demo/setup/index.mjs';

const variables = { keycloakHome: 'KEYCLOAK_HOME', helm: 'HELM_BIN', kubeApiserver: 'KUBE_APISERVER_BIN', etcd: 'ETCD_BIN', percli: 'PERCLI_BIN', persesHome: 'PERSES_HOME', nginx: 'NGINX_BIN', promtool: 'PROMTOOL_BIN', redis: 'REDIS_BIN', kubeconform: 'KUBECONFORM_BIN', kubernetesApis: 'KUBERNETES_APIS' } as const;

export type Tool = keyof typeof variables;

/** Why a test that needs `tool` cannot run; undefined when it can. */
export function whyMissing(tool: Tool): string | undefined {
  return process.env[variables[tool]] === undefined ? `${variables[tool]} is not set; \`npm run test:peers\` says why` : undefined;
}

/** @throws Error when the tool is missing */
export function pathOf(tool: Tool): string {
  const path = process.env[variables[tool]];
  if (path === undefined) throw new Error(whyMissing(tool));
  return path;
}

/** Files with the custom resource definitions that the chart's resources are of. */
export function crdFiles(): string[] {
  return (process.env['CRD_FILES'] ?? '').split(':').filter((path) => path !== '');
}

/** Folder for the logs of what the tests with a peer start; kept after them. */
export async function logsOf(peer: string): Promise<string> {
  const directory = join(projectRoot, '.cache', 'peers', 'logs', peer);
  await mkdir(directory, { recursive: true });
  return directory;
}
