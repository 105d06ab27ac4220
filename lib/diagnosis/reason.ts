/** Why something failed, in one line: the innermost cause that says anything, which is where connections and backends speak. */

const longest = 300;

export function reasonOf(error: unknown): string {
  let innermost = error;
  for (let depth = 0; depth < 5 && innermost instanceof Error && innermost.cause instanceof Error; depth += 1) innermost = innermost.cause;
  if (!(innermost instanceof Error)) return 'no reason was given';
  const code: unknown = Reflect.get(innermost, 'code');
  const text = innermost.message === '' ? innermost.name : innermost.message;
  const named = typeof code === 'string' && !text.includes(code) ? `${text} (${code})` : text;
  return named.replaceAll(/\s+/g, ' ').slice(0, longest);
}
