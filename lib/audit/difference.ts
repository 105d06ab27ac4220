/** What differs between two JSON values, for records of changes. Knows no resource. */

export interface Difference {
  /** Where, as a JSON Pointer (RFC 6901). */
  readonly path: string;
  /** As JSON, shortened; left out where there was nothing. */
  readonly before?: string;
  readonly after?: string;
}

/** A change of everything is a record that still fits a line of every collector. */
const mostDifferences = 100;
const longestValue = 500;

/**
 * The differences between two values, objects and lists compared member by member.
 *
 * @returns the first hundred, and how many there are in all
 */
export function differencesBetween(before: unknown, after: unknown): { readonly changes: readonly Difference[]; readonly total: number } {
  const changes = [...walk('', before, after)];
  return { changes: changes.slice(0, mostDifferences), total: changes.length };
}

function* walk(path: string, before: unknown, after: unknown): Generator<Difference> {
  if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* walk(`${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, Object.hasOwn(before, name) ? before[name] : undefined, Object.hasOwn(after, name) ? after[name] : undefined);
    }
  } else if (before !== after) {
    yield { path, ...(before === undefined ? {} : { before: text(before) }), ...(after === undefined ? {} : { after: text(after) }) };
  }
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > longestValue ? `${json.slice(0, longestValue)}…` : json;
}
