/** Asks a real Kubernetes API whether it would take objects, without leaving any there. Knows no chart. */
import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { ControlPlane } from '../kube/control-plane';
import { crdFiles } from '../support/tools';
import type { KubernetesObject } from './chart';

const resources = z.object({ resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() })) });
const definition = z.looseObject({ kind: z.literal('CustomResourceDefinition'), metadata: z.looseObject({ name: z.string() }) });
const established = z.object({ status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })) }) });

/** Gives the cluster the custom resources of the projects that the chart knows, and waits until they are served. */
export async function installCrds(cluster: ControlPlane): Promise<void> {
  const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  for (const file of crdFiles()) {
    const documents = parseAllDocuments(await readFile(file, 'utf8'));
    for (const document of Array.isArray(documents) ? documents.filter(({ contents }) => contents !== null) : []) {
      const body = definition.parse(document.toJS());
      const { status, body: answer } = await cluster.call(crds, { body });
      if (status !== 201) throw new Error(`${body.metadata.name}: ${status} ${JSON.stringify(answer)}`);
      for (;;) {
        const found = established.safeParse((await cluster.call(`${crds}/${body.metadata.name}`)).body);
        if (found.success && found.data.status.conditions.some(({ type, status: holds }) => type === 'Established' && holds === 'True')) break;
      }
    }
  }
}

/** The address of an object, from what the API server says it serves. */
async function addressOf(cluster: ControlPlane, { apiVersion, kind, metadata }: KubernetesObject): Promise<string> {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const { resources: served } = resources.parse((await cluster.call(group)).body);
  const resource = served.find((candidate) => candidate.kind === kind && !candidate.name.includes('/'));
  if (resource === undefined) throw new Error(`the API server knows no ${kind} in ${apiVersion}`);
  const namespace = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
  return `${group}${namespace}/${resource.name}/${encodeURIComponent(metadata.name)}`;
}

interface ApplyOptions {
  /** Nothing is kept. */
  readonly dryRun: boolean;
}

/** Applies an object as its only owner; a field that the API does not know is an error. Throws with the server's words. */
export async function apply(cluster: ControlPlane, object: KubernetesObject, { dryRun }: ApplyOptions): Promise<void> {
  const query = new URLSearchParams({ fieldManager: 'helm', fieldValidation: 'Strict', ...(dryRun ? { dryRun: 'All' } : {}) });
  const { status, body } = await cluster.call(`${await addressOf(cluster, object)}?${query.toString()}`, { method: 'PATCH', contentType: 'application/apply-patch+yaml', body: object });
  if (status !== 200 && status !== 201) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${JSON.stringify(body)}`);
}

/** A namespace that takes only pods of the strictest standard (https://kubernetes.io/docs/concepts/security/pod-security-standards/). */
export function restrictedNamespace(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'latest' } } };
}
