/** Reads YAML (and JSON, which is YAML) so that every later complaint can name a line. Knows no schema. */
import { isNode, LineCounter, parseAllDocuments, type Document } from 'yaml';

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
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  // Not an array when the text holds no document at all.
  if (!Array.isArray(documents)) {
    return [];
  }
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  for (const { errors } of documents) {
    const [first] = errors;
    if (first !== undefined) {
      throw new YamlSyntaxError(positionAt(first.pos[0]), first.message);
    }
  }
  return documents
    .filter((document) => document.contents !== null)
    .map((document) => {
      const positionOf = (path: readonly PropertyKey[]): Position => positionAt(offsetOf(document, path));
      return { value: valueOf(document, positionAt), lineOf: (path) => positionOf(path).line, positionOf };
    });
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
