/**
 * Scope from Kubernetes' own rules: the namespaces in which the caller may do what the configuration says. The app's
 * service account only lists which namespaces there are; what the caller may is asked with the caller's token.
 */
import type { Config } from '../config/schema';
import { kubernetesName } from '../contracts/notation';
import type { Kubernetes } from '../kubernetes/client';
import { connections } from '../kubernetes/http';
import { lookupSignal } from './lookup-signal';
import { scopeOf, type ResolveScope } from './scope';

/**
 * Who may in all namespaces sees everything. One question that cannot be answered refuses all: a scope with holes looks
 * like projects without data.
 */
export function createKubernetesAccess(settings: Config['access']['kubernetes'], kubernetes: Pick<Kubernetes, 'isAllowed' | 'listNamespaces'>): ResolveScope {
  const { labelSelector, verb, group, resource, subresource } = settings;
  let listing: Promise<string[]> | undefined;

  /** Callers at the same time share one list. It is not kept: what is kept is each caller's decision. */
  const listNamespaces = (): Promise<string[]> => {
    listing ??= kubernetes.listNamespaces(labelSelector, lookupSignal()).finally(() => (listing = undefined));
    return listing;
  };

  return async ({ token }) => {
    const signal = lookupSignal();
    const attributes = { verb, group, resource, subresource };
    if (await kubernetes.isAllowed(token, attributes, signal)) {
      return { kind: 'all' };
    }
    const namespaces = (await listNamespaces()).filter((name) => kubernetesName.test(name));
    return scopeOf(await those(namespaces, (namespace) => kubernetes.isAllowed(token, { ...attributes, namespace }, signal)));
  };
}

/** The items that a question is answered with yes for, asking about a few at a time. */
async function those<Item>(items: readonly Item[], isOne: (item: Item) => Promise<boolean>): Promise<Item[]> {
  const found: Item[] = [];
  let waiting = [...items];
  const ask = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      if (await isOne(item)) found.push(item);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, ask));
  } finally {
    // After a failure nobody needs the other answers.
    waiting = [];
  }
  return found;
}
