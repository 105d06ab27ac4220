/** The parts of zod that contracts are made of, one by one: of a namespace, bundlers keep all, every locale included. */
export { array, boolean, config, discriminatedUnion, enum, int, literal, looseObject, number, object, record, strictObject, string, tuple, union, unknown } from 'zod';
export type { infer, output, ZodType } from 'zod';
