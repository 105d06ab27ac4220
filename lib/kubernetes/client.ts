/**
 * The Kubernetes API, as far as this app asks it. Each question goes out with the credential of the one it is asked for:
 * a caller's own token, or the app's service account where the method says so; the one never stands in for the other.
 * Knows neither identities nor scopes.
 */
import { readFile } from 'node:fs/promises';
import {
  ApiException,
  AuthenticationV1Api,
  AuthorizationV1Api,
  CoreV1Api,
  CustomObjectsApi,
  ServerConfiguration,
  V1DeleteOptions,
  V1Preconditions,
  V1ResourceAttributes,
  V1SelfSubjectAccessReview,
  V1SelfSubjectAccessReviewSpec,
  V1SelfSubjectReview,
  V1SelfSubjectRulesReview,
  V1SelfSubjectRulesReviewSpec,
  VersionApi,
  createConfiguration,
  type Configuration,
} from '@kubernetes/client-node';
import { z } from 'zod';
import type { KubernetesConfig } from '../config/schema';
import { AppError } from '../errors/app-error';
import { createKubernetesHttp, type OpenedAnswer } from './http';

/** What may be done to which resource; without a namespace: in all of them. */
export interface ResourceAttributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace?: string;
}

/** A kind of custom resource in a namespace. */
export interface ResourceKind {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace: string;
}

/** The API server did not do what it was asked to. */
export class KubernetesRefusal extends Error {
  /**
   * @param status of its answer
   * @param reason in its words
   */
  constructor(
    readonly status: number,
    readonly reason: string,
  ) {
    super(`the Kubernetes API answered ${status} ${reason}`.trim());
    this.name = 'KubernetesRefusal';
  }
}

export interface KubernetesUser {
  readonly username: string;
  readonly groups: readonly string[];
}

/**
 * The questions about callers and projects throw AppError: `ERR_AUTH_002` when the API server does not accept the
 * caller's token, `ERR_DATA_001` when it cannot be asked or its answer is not understood.
 */
export interface Kubernetes {
  /** Whom a token belongs to (`SelfSubjectReview`, authentication.k8s.io/v1). */
  readonly whoIs: (token: string, signal: AbortSignal) => Promise<KubernetesUser>;
  /** Whether the holder of a token may do something (`SelfSubjectAccessReview`, authorization.k8s.io/v1). */
  readonly isAllowed: (token: string, attributes: ResourceAttributes, signal: AbortSignal) => Promise<boolean>;
  /** What the holder of a token may do in a namespace, in the words of the API (`SelfSubjectRulesReview`, authorization.k8s.io/v1). */
  readonly rulesOf: (token: string, namespace: string, signal: AbortSignal) => Promise<unknown>;
  /** OpenShift projects that the holder of a token sees. */
  readonly listProjects: (token: string, signal: AbortSignal) => Promise<string[]>;
  /** Namespaces that fit a label selector, whoever may see them; asked with the app's service account. */
  readonly listNamespaces: (labelSelector: string, signal: AbortSignal) => Promise<string[]>;
  /** Resolves when the API server answers; asked without a credential, so a refusal is an answer too. */
  readonly check: (signal: AbortSignal) => Promise<undefined>;
  /** Reads a path with the app's service account, as the answer comes: a list, or a watch that goes on. Any status is an answer. */
  readonly open: (path: string, signal: AbortSignal) => Promise<OpenedAnswer>;
  /** Custom resources with the caller's own token, so that RBAC decides. All throw KubernetesRefusal for what is refused. */
  readonly resources: KubernetesResources;
  readonly close: () => Promise<void>;
}

export interface KubernetesResources {
  readonly read: (token: string, kind: ResourceKind, name: string, signal: AbortSignal) => Promise<unknown>;
  readonly create: (token: string, kind: ResourceKind, body: object, signal: AbortSignal) => Promise<unknown>;
  /** @param body with `metadata.resourceVersion`: 409 when another one is stored */
  readonly replace: (token: string, kind: ResourceKind, name: string, body: object, signal: AbortSignal) => Promise<unknown>;
  /** @param resourceVersion 409 when another one is stored */
  readonly remove: (token: string, kind: ResourceKind, name: string, resourceVersion: string, signal: AbortSignal) => Promise<void>;
}

const subjectReviewAnswer = z.object({ status: z.object({ userInfo: z.object({ username: z.string().min(1), groups: z.array(z.string()).default([]) }) }) });
const accessReviewAnswer = z.object({ status: z.object({ allowed: z.boolean(), denied: z.boolean().optional() }) });
const resourceList = z.object({
  metadata: z.object({ _continue: z.string().optional(), continue: z.string().optional() }).optional(),
  // Go writes an empty list as null.
  items: z.array(z.object({ metadata: z.object({ name: z.string() }) })).nullable(),
});

const pageSize = 500;

/** @throws ConfigError when the certificates of the API server cannot be read */
export function createKubernetes({ url, caFile, tokenFile }: KubernetesConfig): Kubernetes {
  const http = createKubernetesHttp({ url, caFile });
  const baseServer = new ServerConfiguration(url, {});
  const as = (token: string | undefined, signal: AbortSignal): Configuration => createConfiguration({ baseServer, httpApi: http.library(token, signal) });
  const ownToken = async (): Promise<string> => (await readFile(tokenFile, 'utf8')).trim();
  const custom = (token: string, signal: AbortSignal): CustomObjectsApi => new CustomObjectsApi(as(token, signal));

  return {
    whoIs: (token, signal) =>
      asked('caller', async () => subjectReviewAnswer.parse(await new AuthenticationV1Api(as(token, signal)).createSelfSubjectReview({ body: subjectReview() })).status.userInfo),

    isAllowed: (token, attributes, signal) =>
      asked('caller', async () => {
        const { status } = accessReviewAnswer.parse(await new AuthorizationV1Api(as(token, signal)).createSelfSubjectAccessReview({ body: accessReview(attributes) }));
        return status.allowed && status.denied !== true;
      }),

    rulesOf: (token, namespace, signal) => asked('caller', async () => (await new AuthorizationV1Api(as(token, signal)).createSelfSubjectRulesReview({ body: rulesReview(namespace) })).status),

    listProjects: (token, signal) =>
      asked('caller', () => {
        const api = custom(token, signal);
        return allNames((page) => api.listClusterCustomObject({ group: 'project.openshift.io', version: 'v1', plural: 'projects', ...page }));
      }),

    listNamespaces: (labelSelector, signal) =>
      asked('app', async () => {
        const api = new CoreV1Api(as(await ownToken(), signal));
        return allNames((page) => api.listNamespace({ labelSelector, ...page }));
      }),

    check: async (signal) => {
      try {
        await new VersionApi(as(undefined, signal)).getCode();
      } catch (error) {
        if (!(error instanceof ApiException) || error.code >= 500) throw withoutHeaders(error);
      }
      return undefined;
    },

    open: async (path, signal) => http.open(path, await ownToken(), signal),

    resources: {
      read: (token, kind, name, signal) => refusable(() => custom(token, signal).getNamespacedCustomObject({ ...kind, name })),
      create: (token, kind, body, signal) => refusable(() => custom(token, signal).createNamespacedCustomObject({ ...kind, body, fieldManager })),
      replace: (token, kind, name, body, signal) => refusable(() => custom(token, signal).replaceNamespacedCustomObject({ ...kind, name, body, fieldManager })),
      remove: async (token, kind, name, resourceVersion, signal) => {
        const preconditions = Object.assign(new V1Preconditions(), { resourceVersion });
        await refusable(() => custom(token, signal).deleteNamespacedCustomObject({ ...kind, name, body: Object.assign(new V1DeleteOptions(), { preconditions }) }));
      },
    },

    close: http.close,
  };
}

/** By which the API server notes who changed a field. */
const fieldManager = 'odh-observability';

async function refusable(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof ApiException ? new KubernetesRefusal(error.code, reasonOf(error.body)) : error;
  }
}

const statusAnswer = z.object({ message: z.string() });

/** The message of a `Status` (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/). */
function reasonOf(body: unknown): string {
  const data: unknown = typeof body === 'string' ? parsedJson(body) : body;
  const status = statusAnswer.safeParse(data);
  return status.success ? status.data.message.slice(0, maxTextLength) : '';
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function subjectReview(): V1SelfSubjectReview {
  return Object.assign(new V1SelfSubjectReview(), { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' });
}

function accessReview(attributes: ResourceAttributes): V1SelfSubjectAccessReview {
  const spec = Object.assign(new V1SelfSubjectAccessReviewSpec(), { resourceAttributes: Object.assign(new V1ResourceAttributes(), attributes) });
  return Object.assign(new V1SelfSubjectAccessReview(), { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec });
}

function rulesReview(namespace: string): V1SelfSubjectRulesReview {
  const spec = Object.assign(new V1SelfSubjectRulesReviewSpec(), { namespace });
  return Object.assign(new V1SelfSubjectRulesReview(), { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec });
}

async function allNames(list: (page: { limit: number; _continue?: string }) => Promise<unknown>): Promise<string[]> {
  const names: string[] = [];
  let next: string | undefined;
  do {
    const { items, metadata } = resourceList.parse(await list({ limit: pageSize, ...(next === undefined ? {} : { _continue: next }) }));
    names.push(...(items ?? []).map((item) => item.metadata.name));
    // The library renames it where it knows the resource.
    next = metadata?._continue ?? metadata?.continue;
  } while (next !== undefined && next !== '');
  return names;
}

async function asked<Answer>(who: 'caller' | 'app', ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const cause = withoutHeaders(error);
    throw who === 'caller' && error instanceof ApiException && error.code === 401
      ? new AppError('ERR_AUTH_002', { detail: 'Kubernetes does not accept the token.', cause })
      : new AppError('ERR_DATA_001', { detail: 'Kubernetes could not be asked who you are or what you may see.', cause });
  }
}

const maxTextLength = 500;

/** The library's error holds the whole answer in its message. */
function withoutHeaders(error: unknown): unknown {
  if (!(error instanceof ApiException)) return error;
  const text = typeof error.body === 'string' ? error.body.slice(0, maxTextLength) : '';
  return new Error(`the Kubernetes API answered ${error.code} ${text}`.trim());
}
