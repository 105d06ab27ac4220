/** Reads YAML (and JSON, which is YAML) so that every later complaint can name a line. Knows no schema. */
import { isNode, isScalar, Lexer, LineCounter, parseAllDocuments, visit, type Document } from 'yaml';
import { mostLevels } from './depth';

/** Both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface YamlDocument {
  readonly value: unknown;
  /** Line of the value at a path, or of the nearest parent that is in the text; counted from 1. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
  /** Where that value begins. */
  readonly positionOf: (path: readonly PropertyKey[]) => Position;
}

/** The text is not YAML. */
export class YamlSyntaxError extends Error {
  constructor(
    readonly position: Position,
    reason: string,
  ) {
    super(reason);
    this.name = 'YamlSyntaxError';
  }

  get line(): number {
    return this.position.line;
  }
}

/**
 * Parses all documents of a YAML text; empty ones are left out.
 *
 * @throws YamlSyntaxError for the first mistake in the text
 */
export function parseYaml(text: string): YamlDocument[] {
  assertNotTooDeep(text);
  const lines = new LineCounter();
  // The parser compares each key of a mapping with all others, which takes minutes for the keys that one body can hold.
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  // Not an array when the text holds no document at all.
  if (!Array.isArray(documents)) {
    return [];
  }
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  for (const document of documents) {
    const [first] = document.errors;
    if (first !== undefined) {
      throw new YamlSyntaxError(positionAt(first.pos[0]), first.message);
    }
    const twice = keyWrittenTwice(document);
    if (twice !== undefined) {
      throw new YamlSyntaxError(positionAt(twice), 'Map keys must be unique');
    }
  }
  return documents
    .filter((document) => document.contents !== null)
    .map((document) => {
      const positionOf = (path: readonly PropertyKey[]): Position => positionAt(offsetOf(document, path));
      return { value: valueOf(document, positionAt), lineOf: (path) => positionOf(path).line, positionOf };
    });
}

/** Tokens of the lexer that are no text, and the one of them that a scalar's text follows. */
const noText: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);
const beforeScalar = '\u001f';

/** The parser calls itself for each level; by brackets alone, a text could make it use up the stack. */
function assertNotTooDeep(text: string): void {
  let brackets = 0;
  let indicators = 0;
  let offset = 0;
  let last = '';
  for (const token of new Lexer().lex(text)) {
    if (last !== beforeScalar) {
      if (token === '[' || token === '{') brackets += 1;
      else if (token === ']' || token === '}') brackets -= 1;
      else if (token === '-' || token === '?') indicators += 1;
      else if (token === '\n' || token === '\r\n') indicators = 0;
      const isFarIn = brackets === 0 && (last === '\n' || last === '\r\n') && /^ +$/.test(token) && token.length > mostLevels * 2;
      if (brackets > mostLevels || indicators > mostLevels || isFarIn) {
        const before = text.slice(0, offset).split('\n');
        throw new YamlSyntaxError({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }, `Nested more than ${mostLevels} levels deep`);
      }
    }
    if (!noText.has(token)) offset += token.length;
    last = token;
  }
}

/** Offset of a key that its mapping has already. */
function keyWrittenTwice(document: Document.Parsed): number | undefined {
  let found: number | undefined;
  visit(document, {
    Map: (_key, { items }) => {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          found = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

function valueOf(document: Document.Parsed, positionAt: (offset: number) => Position): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    // Aliases are resolved only here: unknown ones and those that would expand without end are refused by the parser.
    throw new YamlSyntaxError(positionAt(document.range[0]), error instanceof Error ? error.message : String(error));
  }
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      return node.range[0];
    }
  }
  return document.contents?.range[0] ?? 0;
}
