/** Lines of a body that comes in chunks, which end anywhere: within a line, within a character. */

/** An object has at most 1.5 MiB in etcd; as text it may have some times that. */
const longestLine = 32 * 1024 * 1024;

/** @throws Error when a line is longer than any object, and whatever `chunks` throws */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const [head = '', ...tails] = decoder.decode(chunk, { stream: true }).split('\n');
    rest.push(head);
    length += head.length;
    for (const tail of tails) {
      if (length > 0) yield rest.join('');
      rest = [tail];
      ({ length } = tail);
    }
    if (length > longestLine) throw new Error(`a line of more than ${longestLine} characters`);
  }
  if (length > 0) yield rest.join('');
}
