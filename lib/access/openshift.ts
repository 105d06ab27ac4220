/** Scope from OpenShift's projects, as ODH Dashboard has it. Everything is asked with the caller's own token. */
import type { Config } from '../config/schema';
import { kubernetesName } from '../contracts/notation';
import type { Kubernetes } from '../kubernetes/client';
import { lookupSignal } from './lookup-signal';
import { scopeOf, type ResolveScope } from './scope';

/** Who may ask the cluster's own Prometheus everything sees everything here; everyone else their projects. */
export function createOpenShiftAccess({ monitoringNamespace }: Config['access']['openshift'], kubernetes: Pick<Kubernetes, 'isAllowed' | 'listProjects'>): ResolveScope {
  const wholeCluster = { verb: 'get', group: 'monitoring.coreos.com', resource: 'prometheuses', subresource: 'api', namespace: monitoringNamespace };

  return async ({ token }) => {
    const signal = lookupSignal();
    if (await kubernetes.isAllowed(token, wholeCluster, signal)) {
      return { kind: 'all' };
    }
    const projects = await kubernetes.listProjects(token, signal);
    return scopeOf(projects.filter((name) => kubernetesName.test(name)));
  };
}
