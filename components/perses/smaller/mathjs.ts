/**
 * Stands in for the package `mathjs`, of which Perses uses two functions of whole numbers and decimals; with its number
 * types the package is a fifth of the viewer. Both builds put this in its place (next.config.js, federation/smaller.mjs).
 */

// Named by those who import the package, to say what they want of it.
export const gcdDependencies = {};
export const roundDependencies = {};

export function create() {
  return {
    /** Greatest common divisor of whole numbers. */
    gcd: (...values: readonly number[]): number => values.map(Math.abs).reduce((a, b) => divisor(a, b), 0),
    /** Rounds half away from zero, to so many decimals. */
    round: (value: number, decimals = 0): number => {
      const factor = 10 ** decimals;
      // A half that binary fractions miss by their last digit, as 1.005 does, is still a half.
      return (Math.sign(value) * Math.round(Math.abs(value) * factor * (1 + Number.EPSILON))) / factor;
    },
  };
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
