import { describe, expect, it } from 'vitest';
import type { Handler } from '../http/handler';
import { openApiDocument, operations } from './openapi';
import { createRoutes, type RouteDependencies } from './routes';

/** Answers to every name with itself: the routes are made, nothing is asked. */
const anything: unknown = new Proxy(() => anything, { get: () => anything });
const routes = createRoutes(new Proxy({} as RouteDependencies, { get: () => anything }));
const nameOf = ({ method, path }: { readonly method: string; readonly path: string }): string => `${method} ${path}`;

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly summary: string; readonly responses: Readonly<Record<string, unknown>>; readonly security?: readonly unknown[]; readonly parameters?: readonly { readonly name: string; readonly in: string }[] }>>>>;
}

/** As it goes over the wire. */
const document = JSON.parse(JSON.stringify(openApiDocument(routes, { version: '1.2.3', sessionCookie: 'next-auth.session-token' }))) as Document;

describe('the OpenAPI document', () => {
  it('describes exactly the routes that exist', () => {
    expect(Object.keys(operations).sort()).toEqual(routes.map(nameOf).sort());
    const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    expect(described.sort()).toEqual(routes.map((route) => nameOf(route).replaceAll(/:(\w+)/g, '{$1}').replace('*', '{path}')).sort());
  });

  it('is what the app answers at /api/openapi.json', async () => {
    const route = routes.find(({ path }) => path === '/api/openapi.json');
    const context = {} as Parameters<Handler>[1];
    const answer = await route?.handler(new Request('http://app/api/openapi.json'), context);
    expect(await answer?.json()).toMatchObject({ openapi: '3.1.0', paths: document.paths });
  });

  it('names parameters, answers and errors, and who may ask', () => {
    const path = document.paths['/api/v1/projects/{project}/dashboards/{name}'];
    expect(path?.['put']?.parameters?.map(({ name }) => name)).toEqual(['project', 'name']);
    expect(Object.keys(path?.['put']?.responses ?? {})).toEqual(['200', '400', '401', '403', '404', '409', '507']);
    expect(Object.keys(path?.['delete']?.responses ?? {})).toContain('204');
    expect(document.paths['/api/v1/dashboards']?.['get']?.parameters?.map(({ name }) => name)).toEqual(['name', 'metadata_only', 'project']);
    expect(document.paths['/api/config']?.['get']?.security).toEqual([]);
    expect(document.paths['/api/me']?.['get']?.security).toBeUndefined();
    for (const methods of Object.values(document.paths)) for (const { summary } of Object.values(methods)) expect(summary).not.toBe('');
  });

  it('has the shape of a dashboard', () => {
    expect(JSON.stringify(document.paths['/api/v1/projects/{project}/dashboards']?.['post'])).toContain('"layouts"');
  });
});
