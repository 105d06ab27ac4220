/**
 * Reading datasources, as the Perses server's API has it (https://perses.dev/perses/docs/api/datasource/). They come
 * from the configuration, are the same for everyone, and never show where the metrics backend is: nobody names upstream
 * addresses, so nobody needs them.
 */
import type { DatasourceConfig } from '../config/schema';
import { datasourceProxyPath, defaultApiBase } from '../contracts/links';
import type { persesConfigSchema } from '../contracts/perses';
import type { z } from '../contracts/zod';
import { AppError } from '../errors/app-error';
import type { Handler } from '../http/handler';
import { jsonResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';

const clientConfig: z.infer<typeof persesConfigSchema> = { security: { readonly: false, enable_auth: true, authentication: { providers: { enable_native: false } } } };

const pluginKind = 'PrometheusDatasource';

export interface DatasourcesApi {
  /** `GET /api/v1/globaldatasources`, filtered by `?kind=`, `?default=` and, by prefix, `?name=`. */
  readonly list: IdentityHandler;
  /** `GET /api/v1/globaldatasources/:name`; `ERR_DATA_002` when there is none. */
  readonly get: IdentityHandler;
  /** `GET /api/v1/projects/:project/datasources`: projects have none of their own. */
  readonly listOfProject: IdentityHandler;
  /** `GET /api/v1/projects/:project/datasources/:name`: always `ERR_DATA_002`. */
  readonly getOfProject: IdentityHandler;
  /** `GET /api/config`, for anyone: that a token is needed, which `percli login` asks before it has one. */
  readonly clientConfig: Handler;
}

/**
 * @param datasources datasources of the configuration
 * @param publicUrl address under which the app is reached; the resources name its proxy where Perses names the backend
 */
export function createDatasourcesApi(datasources: readonly DatasourceConfig[], publicUrl: string): DatasourcesApi {
  const resources = datasources.map((datasource) => ({
    kind: 'GlobalDatasource',
    metadata: { name: datasource.name, version: 0 },
    spec: {
      default: datasource.default,
      plugin: { kind: pluginKind, spec: { proxy: { kind: 'HTTPProxy', spec: { url: `${publicUrl}${defaultApiBase}${datasourceProxyPath(datasource.name)}` } } } },
    },
  }));

  return {
    list: (request) => {
      const { searchParams } = new URL(request.url);
      const kind = searchParams.get('kind') ?? pluginKind;
      const isDefault = searchParams.get('default');
      const namePrefix = searchParams.get('name') ?? '';
      return Promise.resolve(
        jsonResponse(
          resources.filter(
            ({ metadata, spec }) => kind === pluginKind && (isDefault === null || String(spec.default) === isDefault) && metadata.name.startsWith(namePrefix),
          ),
        ),
      );
    },
    get: (_request, { params }) => {
      const found = resources.find(({ metadata }) => metadata.name === params.name);
      return found === undefined ? Promise.reject(new AppError('ERR_DATA_002')) : Promise.resolve(jsonResponse(found));
    },
    listOfProject: () => Promise.resolve(jsonResponse([])),
    getOfProject: () => Promise.reject(new AppError('ERR_DATA_002')),
    clientConfig: () => Promise.resolve(jsonResponse(clientConfig)),
  };
}
