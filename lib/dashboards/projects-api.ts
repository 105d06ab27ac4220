/** Projects of the caller: as Perses resources (https://perses.dev/perses/docs/api/project/) and as the page needs them. */
import { scopeIncludes, type ResolveScope, type Scope } from '../access/scope';
import type { Me } from '../contracts/identity';
import { AppError } from '../errors/app-error';
import { jsonResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';
import type { Identity } from '../identity/identity';

export interface ProjectsApiDependencies {
  readonly resolveScope: ResolveScope;
  /** Namespaces that metrics exist for: the projects of someone who sees everything. */
  readonly listNamespaces: (identity: Identity) => Promise<readonly string[]>;
  readonly platformProject: string;
  /** What holds for a caller until they choose something else. */
  readonly defaultsOf: (identity: Identity, scope: Scope) => Promise<Pick<Me, 'role' | 'home' | 'sample'>>;
}

export interface ProjectsApi {
  /** `GET /api/v1/projects`: the caller's projects and the platform project, where the built-in dashboards are; filtered by `?name=`, a prefix. */
  readonly list: IdentityHandler;
  /** `GET /api/v1/projects/:project`; `ERR_ACCESS_002` for a project that the caller has not, whether it exists or not. */
  readonly get: IdentityHandler;
  /** `GET /api/me`: who the caller is, and the projects whose metrics they may see. */
  readonly me: IdentityHandler;
}

export function createProjectsApi({ resolveScope, listNamespaces, platformProject, defaultsOf }: ProjectsApiDependencies): ProjectsApi {
  const namespacesOf = async (scope: Scope, identity: Identity): Promise<readonly string[]> => {
    switch (scope.kind) {
      case 'all':
        return listNamespaces(identity);
      case 'namespaces':
        return scope.namespaces;
      case 'none':
        return [];
    }
  };

  return {
    list: async (request, _context, identity) => {
      const prefix = new URL(request.url).searchParams.get('name') ?? '';
      const namespaces = await namespacesOf(await resolveScope(identity), identity);
      return jsonResponse([...new Set([...namespaces, platformProject])].filter((name) => name.startsWith(prefix)).sort().map(projectResource));
    },
    get: async (_request, { params }, identity) => {
      const project = params.project ?? '';
      if (project !== platformProject && !scopeIncludes(await resolveScope(identity), project)) {
        throw new AppError('ERR_ACCESS_002');
      }
      return jsonResponse(projectResource(project));
    },
    me: async (_request, _context, identity) => {
      const scope = await resolveScope(identity);
      const me: Me = {
        subject: identity.subject,
        name: identity.name,
        administrator: scope.kind === 'all',
        projects: [...(await namespacesOf(scope, identity))].sort(),
        platformProject,
        ...(await defaultsOf(identity, scope)),
      };
      return jsonResponse(me);
    },
  };
}

function projectResource(name: string) {
  return { kind: 'Project', metadata: { name, version: 0 }, spec: {} };
}
