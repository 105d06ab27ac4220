/**
 * JSON schemas for kubeconform: of what a version of Kubernetes says of its API, and of custom resources. Stricter than
 * their sources in one thing: a field that nobody knows is a mistake, as it is for an API server that is asked strictly.
 */
import { z } from 'zod';

/** A schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

const schema = z.record(z.string(), z.unknown());

const api = z.object({
  definitions: z.record(z.string(), z.looseObject({ 'x-kubernetes-group-version-kind': z.array(z.object({ group: z.string(), version: z.string(), kind: z.string() })).optional() })),
});

const customResource = z.object({
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(z.object({ name: z.string(), served: z.boolean(), schema: z.object({ openAPIV3Schema: schema }) })),
  }),
});

export interface ResourceType {
  /** Empty for the core. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Name of the file in which kubeconform, as it is called here, looks for a type: `ingress-networking-v1.json`. */
export function fileOf({ group, version, kind }: ResourceType): string {
  const [first = ''] = group.split('.');
  return `${[kind.toLowerCase(), ...(first === '' ? [] : [first]), version].join('-')}.json`;
}

/** Written in both ways (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/). */
const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

/**
 * The schemas of some types, by their file; what the version does not know is left out.
 *
 * @param document `api/openapi-spec/swagger.json` of Kubernetes
 */
export function apiSchemas(document: unknown, types: readonly ResourceType[]): Map<string, Schema> {
  const definitions = new Map(Object.entries(api.parse(document).definitions));
  const names = new Map([...definitions].flatMap(([name, { 'x-kubernetes-group-version-kind': served = [] }]) => served.map((type) => [fileOf(type), name] as const)));
  const found = new Map<string, Schema>();
  for (const file of types.map(fileOf)) {
    const root = names.get(file);
    if (root === undefined) continue;
    const used = new Map<string, unknown>();
    const add = (name: string): void => {
      if (used.has(name)) return;
      const definition = name === quantity ? { type: ['string', 'number'] } : strict(definitions.get(name));
      used.set(name, definition);
      for (const [, other = ''] of JSON.stringify(definition).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)) add(other);
    };
    add(root);
    found.set(file, { $ref: `#/definitions/${root}`, definitions: Object.fromEntries(used) });
  }
  return found;
}

/** What every object has, and a definition need not say. */
const everyObject = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } };

/** The schemas of a custom resource's served versions, by their file. */
export function customSchemas(definition: unknown): Map<string, Schema> {
  const { group, names, versions } = customResource.parse(definition).spec;
  return new Map(
    versions
      .filter(({ served }) => served)
      .map(({ name, schema: { openAPIV3Schema } }) => {
        const root = strict(openAPIV3Schema);
        return [fileOf({ group, version: name, kind: names.kind }), { ...root, properties: { ...everyObject, ...schema.parse(root['properties']) } }];
      }),
  );
}

function strict(node: unknown): Schema {
  const { properties, items, additionalProperties, ...rest } = schema.parse(node);
  if (rest['format'] === 'int-or-string' || rest['x-kubernetes-int-or-string'] === true) return { type: ['string', 'integer'] };
  const open = rest['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    ...rest,
    ...(properties === undefined ? {} : { properties: Object.fromEntries(Object.entries(schema.parse(properties)).map(([name, property]) => [name, strict(property)])) }),
    ...(items === undefined ? {} : { items: strict(items) }),
    ...(additionalProperties !== undefined ? { additionalProperties: typeof additionalProperties === 'boolean' ? additionalProperties : strict(additionalProperties) } : properties === undefined || open ? {} : { additionalProperties: false }),
  };
}
