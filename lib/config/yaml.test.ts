import { describe, expect, it } from 'vitest';
import { parseYaml, YamlSyntaxError } from './yaml';

function mistakeIn(text: string): string {
  try {
    parseYaml(text);
  } catch (error) {
    if (error instanceof YamlSyntaxError) return `${error.position.line}:${error.position.column} ${error.message}`;
    throw error;
  }
  return 'none';
}

describe('a text in YAML', () => {
  it('is read with the places of its values', () => {
    const [document] = parseYaml('a: 1\nb:\n  - x\n  - [y, {z: 2}]\n');
    expect(document?.value).toEqual({ a: 1, b: ['x', ['y', { z: 2 }]] });
    expect(document?.positionOf(['b', 1, 1, 'z'])).toEqual({ line: 4, column: 13 });
  });

  it.each([
    ['a: 1\nb: 2\na: 3', '3:1'],
    ['a:\n  x: 1\n  "x": 2', '3:3'],
    ['{"a": 1, "b": {"c": 1, "c": 2}}', '1:24'],
    ['- {a: 1}\n- {a: 1, a: 1}', '2:10'],
  ])('%j has a key twice', (text, place) => {
    expect(mistakeIn(text)).toBe(`${place} Map keys must be unique`);
  });

  it('may have the same key in mappings that are beside or in each other', () => {
    expect(mistakeIn('a: {a: {a: 1}}\nb: {a: 1}\n---\na: 1')).toBe('none');
  });

  it.each([
    ['brackets', '['.repeat(500_000), '1:101'],
    ['braces', '{a: '.repeat(200_000), '1:401'],
    ['dashes', '- '.repeat(500_000), '1:201'],
    ['question marks', '? '.repeat(500_000), '1:201'],
    ['steps', Array.from({ length: 1_400 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'), '202:1'],
  ])('is refused where it is nested without end, by %s', (_name, text, place) => {
    expect(mistakeIn(text)).toBe(`${place} Nested more than 100 levels deep`);
  });

  it.each([
    ['a scalar of brackets', `a: "${'['.repeat(1_000)}"\nb: '${'{'.repeat(1_000)}'\nc: x${'['.repeat(1_000)}`],
    ['a block of text that is far in', `a: |\n${' '.repeat(500)}${'- '.repeat(1_000)}\n`],
    ['many brackets beside each other', `[${'[], '.repeat(1_000)}]`],
    ['a long list', '- 1\n'.repeat(10_000)],
    ['the keys that one body can hold', Array.from({ length: 90_000 }, (_, index) => `k${index}: 1`).join('\n')],
  ])('may hold %s', (_name, text) => {
    expect(mistakeIn(text)).toBe('none');
  });
});
