import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countChanges, diffLines, foldSame } from './difference';

const told = (before: string, after: string): string[] => diffLines(before, after).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`);

describe('the difference of two texts', () => {
  it('is the lines that were removed and added, with their numbers', () => {
    expect(told('a\nb\nc\nd\n', 'a\nx\nc\nd\ne\n')).toEqual([' a', '-b', '+x', ' c', ' d', '+e']);
    expect(diffLines('a\nb', 'b')).toEqual([{ kind: 'removed', text: 'a', before: 1 }, { kind: 'same', text: 'b', before: 2, after: 1 }]);
  });

  it('is nothing where they are the same, but for the break at the end', () => {
    expect(countChanges(diffLines('a\r\nb\n', 'a\nb'))).toEqual({ added: 0, removed: 0 });
    expect(diffLines('', '')).toEqual([]);
    expect(told('', 'a')).toEqual(['+a']);
    expect(told('a', '')).toEqual(['-a']);
  });

  it('holds both texts whole, whatever they are, and no line more than needed', () => {
    const line = fc.constantFrom('a', 'b', 'c', '');
    const text = fc.array(line, { maxLength: 8 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines([...before, 'end'].join('\n'), [...after, 'end'].join('\n'));
        expect(lines.filter(({ kind }) => kind !== 'added').map(({ text: content }) => content)).toEqual([...before, 'end']);
        expect(lines.filter(({ kind }) => kind !== 'removed').map(({ text: content }) => content)).toEqual([...after, 'end']);
        expect(lines.flatMap(({ before: number }) => number ?? [])).toEqual([...before, 'end'].map((_, index) => index + 1));
        expect(lines.flatMap(({ after: number }) => number ?? [])).toEqual([...after, 'end'].map((_, index) => index + 1));
        expect(lines.filter(({ kind }) => kind === 'same').length).toBe(longestCommon(before, after) + 1);
      }),
    );
  });

  it('of texts that have hardly a line in common is told in a moment', () => {
    const many = (letter: string): string => Array.from({ length: 6000 }, (_, index) => `${letter}${index}`).join('\n');
    expect(countChanges(diffLines(many('a'), many('b')))).toEqual({ added: 6000, removed: 6000 });
  });
});

it('lines that are the same are folded, but for a few around each difference', () => {
  const before = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join('\n');
  const parts = foldSame(diffLines(before, before.replace('line 10', 'line ten')), 2);
  expect(parts.map((part) => (part.kind === 'gap' ? part.count : part.lines.length))).toEqual([7, 6, 8]);
  expect(foldSame(diffLines(before, before))).toEqual([{ kind: 'gap', count: 20 }]);
});

/** Length of a longest common subsequence, the slow way. */
function longestCommon([first, ...rest]: readonly string[], other: readonly string[]): number {
  if (first === undefined || other.length === 0) return 0;
  const at = other.indexOf(first);
  return Math.max(longestCommon(rest, other), at === -1 ? 0 : 1 + longestCommon(rest, other.slice(at + 1)));
}
