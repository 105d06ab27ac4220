import { expect, it } from 'vitest';
import { z } from 'zod';
import { reasonOf } from './expectation';

const schema = z.object({
  name: z.string(),
  count: z.int().min(1),
  kind: z.enum(['Panel', 'Row']),
  items: z.array(z.looseObject({ x: z.number() })),
  isOn: z.boolean(),
  key: z.string().regex(/^a$/, 'expected an "a"'),
  ofKind: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
});

it('says what was expected and what was found, in plain words', () => {
  const value = { name: 12, count: 0, kind: 'Column', items: [{ x: '12' }, [], null], isOn: { yes: true }, key: 'b', ofKind: { kind: 'c' } };
  const { error } = schema.safeParse(value);
  expect(error?.issues.map((issue) => [issue.path.join('.'), reasonOf(issue, value)])).toEqual([
    ['name', 'expected a text, found the number 12'],
    ['count', 'expected at least 1'],
    ['kind', 'expected "Panel" or "Row", found the text "Column"'],
    ['items.0.x', 'expected a number, found the text "12"'],
    ['items.1', 'expected a map of keys, found a list'],
    ['items.2', 'expected a map of keys, found nothing'],
    ['isOn', 'expected true or false, found a map of keys'],
    ['key', 'expected an "a"'],
    ['ofKind.kind', 'expected "a" or "b", found the text "c"'],
  ]);
});
