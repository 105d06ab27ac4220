/** What the configuration's schema says about each key: for suggestions and for the reference page. Reads no file. */
import { z } from 'zod';

/** The part of JSON Schema that zod writes for this configuration. */
const nodeSchema = z.object({
  type: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  examples: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), nodeSchema).optional();
  },
  get items() {
    return nodeSchema.optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), nodeSchema]).optional();
  },
  /** Maps of which one applies, told apart by a key that is a constant in each. */
  get oneOf() {
    return z.array(nodeSchema).optional();
  },
});

/** One key, or the elements of a list or map, with what is below it. */
export type SchemaNode = z.infer<typeof nodeSchema>;

/** The configuration's schema as a tree of keys, as people write them (durations as text). */
export function schemaTree(schema: z.ZodType): SchemaNode {
  return nodeSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
}

/** The keys of a map. Of a map with alternatives: those of all, and the constants of a key as its values. */
export function keysOf({ properties, oneOf }: SchemaNode): Readonly<Record<string, SchemaNode>> {
  if (oneOf === undefined) return properties ?? {};
  const merged: Record<string, SchemaNode> = {};
  for (const [name, node] of oneOf.flatMap((alternative) => Object.entries(alternative.properties ?? {}))) {
    const values = [...(merged[name]?.enum ?? []), ...(node.const === undefined ? [] : [node.const])];
    merged[name] = { ...merged[name], ...node, ...(values.length === 0 ? {} : { enum: values }) };
  }
  return merged;
}

/** Whether a key is known at a place, if only for another alternative than the one that was chosen. */
export function knowsKey(tree: SchemaNode, path: readonly PropertyKey[], key: string): boolean {
  const node = nodeAt(tree, path);
  return node !== undefined && Object.hasOwn(keysOf(node), key);
}

/** The node at a path of the parsed file, or undefined where the schema has none. */
function nodeAt(tree: SchemaNode, path: readonly PropertyKey[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = tree;
  for (const segment of path) {
    node = typeof segment === 'number' ? node?.items : node && (keysOf(node)[String(segment)] ?? elementsOf(node));
  }
  return node;
}

function elementsOf(node: SchemaNode): SchemaNode | undefined {
  return typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
}

/**
 * The key that someone who wrote `key` below `path` probably meant: a similar one at the same place, else one of the
 * same name somewhere else. Undefined when nothing is near.
 */
export function suggestKey(tree: SchemaNode, path: readonly PropertyKey[], key: string): string | undefined {
  const siblings = Object.keys(keysOf(nodeAt(tree, path) ?? {}));
  const similar = siblings
    .map((candidate) => ({ candidate, distance: editDistance(key.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return similar[0]?.candidate ?? pathsEndingIn(tree, key, '')[0];
}

function pathsEndingIn(node: SchemaNode, key: string, prefix: string): string[] {
  const list = node.items === undefined ? [] : pathsEndingIn(node.items, key, `${prefix}[]`);
  const properties = Object.entries(keysOf(node)).flatMap(([name, child]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    return [...(name === key ? [path] : []), ...pathsEndingIn(child, key, path)];
  });
  return [...properties, ...list];
}

/** Levenshtein distance: insertions, deletions and replacements that turn one text into the other. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
