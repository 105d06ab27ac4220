/** docs/configuration.md, from the configuration's schema. Reads no file. */
import { stringify } from 'yaml';
import { keysOf, schemaTree, type SchemaNode } from '../../lib/config/known-keys';
import { configSchema, secretsSchema } from '../../lib/config/schema';

const tree = schemaTree(configSchema);

/** The whole page. */
export function configurationPage(): string {
  return `# Configuration

<!-- Generated from lib/config/schema.ts by \`npm run docs\`. Changes made here are lost. -->

The app reads one YAML file, named by the environment variable \`OBSERVABILITY_CONFIG\`, once at start, and secrets from
the environment. A value that is not right, or a key that is not known, stops the start with a message that names the
line, the key, the value and what is expected.

A *duration* is written as Prometheus writes it: \`30s\`, \`5m\`, \`1h30m\` (units \`ms\`, \`s\`, \`m\`, \`h\`, \`d\`, \`w\`).

## Secrets

They come from environment variables, never from the file. The session secret and the audit key have at least 32 characters.

| Variable | Meaning |
|---|---|
${Object.entries(schemaTree(secretsSchema).properties ?? {})
  .map(([name, { description }]) => `| \`${name}\` | ${description ?? ''} |`)
  .join('\n')}

## Keys

| Key | Type | Default | Meaning |
|---|---|---|---|
${rows(tree, '').join('\n')}

## Complete example

Every key with its meaning. Keys that show their default may be left out.

\`\`\`yaml
${exampleConfiguration()}\`\`\`
`;
}

function rows(parent: SchemaNode, prefix: string): string[] {
  return Object.entries(keysOf(parent)).flatMap(([name, node]) => {
    const key = prefix + name;
    // What one of several alternatives needs, its description says.
    const required = (parent.oneOf ?? [parent]).every((alternative) => alternative.required?.includes(name) === true);
    const own = `| \`${key}\` | ${typeName(node)} | ${defaultOf(node, required)} | ${node.description ?? ''} |`;
    return [own, ...rows(node, `${key}.`), ...(node.items === undefined ? [] : rows(node.items, `${key}[].`))];
  });
}

const typeNames: Readonly<Record<string, string>> = { integer: 'whole number', string: 'text', boolean: '`true` or `false`', object: 'map' };

function typeName(node: SchemaNode): string {
  const values = node.enum ?? (node.const === undefined ? [] : [node.const]);
  if (values.length > 0) {
    return values.map((value) => `\`${String(value)}\``).join(', ');
  }
  if (node.oneOf !== undefined) {
    return 'map';
  }
  if (node.type === 'array') {
    return node.items?.properties === undefined ? `list of ${node.items === undefined ? 'values' : typeName(node.items)}` : 'list of maps';
  }
  if (typeof node.additionalProperties === 'object') {
    return `map to ${typeName(node.additionalProperties)}`;
  }
  return node.title ?? typeNames[node.type ?? ''] ?? 'value';
}

function defaultOf(node: SchemaNode, required: boolean): string {
  if (required) {
    return '**required**';
  }
  // The default of a map with keys is in the lines of its keys.
  return node.default === undefined || node.properties !== undefined ? '' : `\`${JSON.stringify(node.default).replace(/^"(.*)"$/, '$1')}\``;
}

/** A file with every key, valid as it is. */
export function exampleConfiguration(): string {
  return `${exampleOf(tree, '').join('\n').trimStart()}\n`;
}

function exampleOf(parent: SchemaNode, indent: string): string[] {
  return Object.entries(parent.properties ?? {}).flatMap(([name, node]) => {
    const top = indent === '' ? [''] : [];
    const comment = node.description === undefined ? [] : [`${indent}# ${node.description}`];
    if (node.properties !== undefined) {
      return [...top, ...comment, `${indent}${name}:`, ...exampleOf(node, `${indent}  `)];
    }
    if (node.items?.properties !== undefined) {
      // The first line of an element carries its dash; comments may stand before it.
      const element = exampleOf(node.items, `${indent}    `);
      const first = element.findIndex((line) => !line.trimStart().startsWith('#'));
      return [...top, ...comment, `${indent}${name}:`, ...element.map((line, index) => (index === first ? `${indent}  - ${line.trimStart()}` : line))];
    }
    const value = stringify(node.examples?.[0] ?? node.default ?? node.const, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 });
    return [...top, ...comment, `${indent}${name}: ${value.trim()}`];
  });
}
