/** Records for tests: sealed lines, and what a verifier says about them. */
import { newChain, seal, type ChainState } from '../chain';
import { createVerifier } from '../verify';

/** Lines of one chain: its start, then sign-ins of the given people. */
export function sealedLines(people: readonly string[], key?: string): string[] {
  let state: ChainState = newChain(key, 'c1');
  const bodies = [{ event: 'chain_start' }, ...people.map((subject) => ({ event: 'sign_in', subject }))];
  return bodies.map((body, index) => {
    const sealed = seal(JSON.stringify({ time: new Date(index * 1000).toISOString(), ...body }), state, key);
    state = sealed.state;
    return sealed.line;
  });
}

/** What the verifier finds in the lines of one file, as `line kind: text`. */
export function findingsOf(lines: readonly string[], key?: string): string[] {
  const verifier = createVerifier(key);
  lines.forEach((line, index) => verifier.take(line, { file: 'f', line: index + 1 }));
  return verifier.finish().findings.map(({ line, kind, text }) => `${line} ${kind}: ${text}`);
}

/** Lines of a text that ends with a line feed. */
export function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

export function parseRecord(line: string): Record<string, unknown> {
  // Lines of the log are objects; JSON.parse cannot know.
  return JSON.parse(line) as Record<string, unknown>;
}
