/** Turns what a schema found wrong into sentences for the person who wrote the file. Never repeats a secret. */
import type { z } from 'zod';
import { expectationOf, valueAt } from './expectation';
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
    return [`line ${document.lineOf(issue.path)}: ${keyName(issue.path)} ${found(document.value, issue.path)}, ${expectationOf(issue)}`];
  });
}

/** Problems of the environment. Only names and expectations: the values are secrets. */
export function environmentProblems(error: z.ZodError): string[] {
  return error.issues.map((issue) => `environment variable ${keyName(issue.path)} is ${issue.input === undefined ? 'not set' : 'set to an unsuitable value'}, ${expectationOf(issue)}`);
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
  const value = valueAt(file, path);
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
