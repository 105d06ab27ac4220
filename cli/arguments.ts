/** Reads a command's arguments; what it does not know is said, not guessed. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './terminal';

type Options = NonNullable<ParseArgsConfig['options']>;

/** @throws UsageError for an option that the command does not have, or one without its value */
export function readArguments<const Known extends Options>(args: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws UsageError unless the value is one of those known */
export function oneOf<const Known extends string>(option: string, value: string, known: readonly Known[]): Known {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new UsageError(`--${option} is "${value}"; expected one of ${known.join(', ')}.`);
  return found;
}
