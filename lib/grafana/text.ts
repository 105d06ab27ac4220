/** Grafana's ways to name a variable or a macro in a text, written as Perses reads them. */
import type { Notes } from './report';

/** https://perses.dev/perses/docs/concepts/variables/#interpolation */
const formats = ['csv', 'distributed', 'doublequote', 'glob', 'json', 'lucene', 'percentencode', 'pipe', 'queryparam', 'raw', 'regex', 'singlequote', 'sqlstring', 'text'];

/** Both products have these. */
const sharedMacros = ['__interval', '__interval_ms', '__rate_interval', '__range', '__range_s', '__range_ms', '__from', '__to'];

/**
 * A text with Perses's variables.
 *
 * @param notes told of each format and macro that has no equivalent
 */
export function translateVariables(text: string, notes: Notes): string {
  return text
    .replaceAll(/\[\[(\w+)(?::(\w+))?\]\]/g, (_, name: string, format?: string) => (format === undefined ? `\${${name}}` : `\${${name}:${format}}`))
    .replaceAll(/\$\{([\w.]+)(?::([\w:-]+))?\}|\$(__\w+)/g, (whole, braced?: string, format?: string, plain?: string) => {
      const name = braced ?? plain ?? '';
      if (name.startsWith('__') && !sharedMacros.includes(name)) {
        if (name.startsWith('__auto_interval')) {
          notes.approximated(`${whole} is Perses's own interval now`);
          return '$__interval';
        }
        notes.approximated(`${whole} has no equivalent and stays as it is`);
        return whole;
      }
      if (format === undefined || formats.includes(format)) return whole;
      notes.approximated(`the format of ${whole} has no equivalent`);
      return `\${${name}}`;
    });
}

/** Names of variables and macros that a translated text still holds and nobody knows. */
export function unknownNames(text: string, known: ReadonlySet<string>): string[] {
  return [...text.matchAll(/\$(?:(\w+)|\{([\w.]+)(?::\w+)?\})/g)]
    .map(([, plain, braced]) => plain ?? braced ?? '')
    .filter((name) => !/^\d/.test(name) && !known.has(name) && !sharedMacros.includes(name));
}
