/** Turns what a schema found wrong into sentences for the person who wrote the file. Never repeats a secret. */
import type { z } from 'zod';
import { knowsKey, suggestKey, type SchemaNode } from './known-keys';
import type { YamlDocument } from './yaml';

/** Stops the start. The message lists every problem; it is printed as it is, without a stack. */
export class ConfigError extends Error {
  constructor(heading: string, problems: readonly string[] = []) {
    super([heading, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.name = 'ConfigError';
  }
}

/** Problems of the configuration file, each with line, key, the value found and what is expected. */
export function fileProblems(error: z.ZodError, document: YamlDocument, tree: SchemaNode): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `line ${document.lineOf([...issue.path, key])}: ${keyName([...issue.path, key])} is not a known key${hint(tree, issue.path, key)}`);
    }
    return [`line ${document.lineOf(issue.path)}: ${keyName(issue.path)} ${found(document.value, issue.path)}, ${expectation(issue)}`];
  });
}

/** Problems of the environment. Only names and expectations: the values are secrets. */
export function environmentProblems(error: z.ZodError): string[] {
  return error.issues.map((issue) => `environment variable ${keyName(issue.path)} is ${issue.input === undefined ? 'not set' : 'set to an unsuitable value'}, ${expectation(issue)}`);
}

/** A path as people write it: `datasources[0].url`. */
function keyName(path: readonly PropertyKey[]): string {
  if (path.length === 0) {
    return 'the file';
  }
  return path.map((segment, index) => (typeof segment === 'number' ? `[${segment}]` : `${index === 0 ? '' : '.'}${String(segment)}`)).join('');
}

function hint(tree: SchemaNode, path: readonly PropertyKey[], key: string): string {
  if (knowsKey(tree, path, key)) {
    return ' of this type';
  }
  if (/secret|password|token/i.test(key)) {
    return '; secrets come from the environment, see docs/configuration.md';
  }
  const suggestion = suggestKey(tree, path, key);
  return suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
}

const longestValue = 80;

/** The value as it was written, not as it was parsed so far. */
function found(file: unknown, path: readonly PropertyKey[]): string {
  let value = file;
  for (const segment of path) {
    value = typeof value === 'object' && value !== null ? (Reflect.get(value, segment) as unknown) : undefined;
  }
  if (value === undefined) {
    return 'is missing';
  }
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? 'is a list' : 'is a map of keys';
  }
  // A URL may have been given with credentials in it.
  const text = JSON.stringify(value).replace(/\/\/[^/@\s"]*@/g, '//…@');
  return `is ${text.length > longestValue ? `${text.slice(0, longestValue)}…` : text}`;
}

/** "expected …": the schema's own words where it has some, else zod's in plainer ones. */
function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.startsWith('expected') ? issue.message : `expected ${article(issue.expected)}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'invalid_union':
      // Of a union whose members are told apart by a key, only a wrong value of that key is a problem of the union.
      return 'options' in issue ? `expected ${issue.options.map((value) => JSON.stringify(value)).join(' or ')}` : issue.message;
    case 'too_small':
      return issue.message.startsWith('expected') ? issue.message : `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${count(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `expected at most ${count(issue.maximum, issue.origin)}`;
    default:
      return issue.message;
  }
}

function article(type: string): string {
  const names: Record<string, string> = { object: 'a map of keys', record: 'a map of keys', array: 'a list', int: 'a whole number', number: 'a number', string: 'a text', boolean: 'true or false' };
  return names[type] ?? type;
}

function count(amount: number | bigint, origin: string): string {
  const units: Record<string, string> = { string: 'character', array: 'element' };
  const unit = units[origin];
  return unit === undefined ? String(amount) : `${amount} ${unit}${Number(amount) === 1 ? '' : 's'}`;
}
