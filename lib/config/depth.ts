/** How deep data may be nested: whoever reads it by recursion must not run out of stack on what somebody sent. */

/** Far more than a dashboard or a configuration has. */
export const mostLevels = 100;

/** Whether data from JSON or YAML is nested deeper than `mostLevels`. Knows no recursion itself. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > mostLevels) return true;
    level = level.flatMap((each): unknown[] => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}
