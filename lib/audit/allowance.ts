/** How many records one cause may make in a minute: nobody may fill the disk, or push old records out, by asking often. */

const minute = 60_000;

/**
 * Creates a function that says whether one more is within the allowance.
 *
 * @param now milliseconds since the epoch
 */
export function createAllowance(perMinute: number, now: () => number): (cause: string) => boolean {
  let taken = new Map<string, number>();
  let until = -Infinity;
  return (cause) => {
    if (now() >= until) {
      taken = new Map();
      until = now() + minute;
    }
    const count = (taken.get(cause) ?? 0) + 1;
    taken.set(cause, count);
    return count <= perMinute;
  };
}
