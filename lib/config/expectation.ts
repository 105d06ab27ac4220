/** What a schema found wrong with a value, in plain words instead of zod's own. Pure. */
import type { z } from 'zod';

/** "expected …": the schema's own words where it has some. Repeats nothing of the value, which may be a secret. */
export function expectationOf(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('expected')) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${article(issue.expected)}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'invalid_union':
      // Of a union whose members are told apart by a key, only a wrong value of that key is a problem of the union.
      return 'options' in issue ? `expected ${issue.options.map((value) => JSON.stringify(value)).join(' or ')}` : issue.message;
    case 'too_small':
      return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${count(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `expected at most ${count(issue.maximum, issue.origin)}`;
    default:
      return issue.message;
  }
}

/**
 * "expected a number, found the text "12"".
 *
 * @param value what the schema was given, which is no secret
 */
export function reasonOf(issue: z.core.$ZodIssue, value: unknown): string {
  const isOfType = issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union';
  return isOfType ? `${expectationOf(issue)}, found ${described(valueAt(value, issue.path))}` : expectationOf(issue);
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((part, segment) => (typeof part === 'object' && part !== null ? (Reflect.get(part, segment) as unknown) : undefined), value);
}

const longestText = 40;

function described(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `the text ${JSON.stringify(value.length > longestText ? `${value.slice(0, longestText)}…` : value)}`;
    case 'number':
      return `the number ${value}`;
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? 'nothing' : Array.isArray(value) ? 'a list' : 'a map of keys';
    default:
      return 'nothing';
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
