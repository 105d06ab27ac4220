import fc from 'fast-check';
import original from 'numbro';
import { expect, it } from 'vitest';
import numbro from './numbro';

// As @perses-dev/core writes bytes.
const format = (decimals: number | undefined) => ({
  output: 'byte' as const,
  base: 'decimal' as const,
  spaceSeparated: true,
  mantissa: decimals ?? 2,
  trimMantissa: decimals === undefined,
  optionalMantissa: decimals === undefined,
});

it('writes bytes as the package does', () => {
  const bytes = fc.oneof(fc.double({ min: -1e20, max: 1e20, noNaN: true }), fc.integer({ min: -2e9, max: 2e9 }), fc.constantFrom(1005, 999_994.9, 999_999, 1e15, 1e24));
  fc.assert(
    fc.property(bytes.filter((value) => Math.abs(value) >= 1000), fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }), (value, decimals) => {
      expect(numbro(value).format(format(decimals))).toBe(original(value).format(format(decimals)));
    }),
    { numRuns: 2000 },
  );
});
