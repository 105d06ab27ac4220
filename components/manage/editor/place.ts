/**
 * Where in a YAML text something is being typed, told from indentation alone: the text is seldom valid at that moment.
 * Pure; knows no schema.
 */

export interface Place {
  /** Keys from the top to the map that is being written; `[]` stands for an item of a list. */
  readonly path: readonly string[];
  /** The key whose value is being typed; undefined where a key is. */
  readonly key: string | undefined;
  /** What was typed of it so far. */
  readonly typed: string;
  /** Values of the keys that stand beside, as far as they are on their line. */
  readonly siblings: Readonly<Record<string, string>>;
}

interface Line {
  /** Column of the first dash; undefined where the line begins no item. */
  readonly dash: number | undefined;
  /** Column of the key, or of whatever follows the dashes. */
  readonly column: number;
  readonly key: string | undefined;
  readonly rest: string;
}

const shape = /^(\s*)((?:-\s+)*)(?:("[^"]*"|'[^']*'|[\w$./-]+)\s*:(?:\s+|$))?(.*)$/;

function readLine(text: string): Line {
  const [, indentation = '', dashes = '', key, rest = ''] = shape.exec(text) ?? [];
  return { dash: dashes === '' ? undefined : indentation.length, column: indentation.length + dashes.length, key: key?.replaceAll(/^["']|["']$/g, ''), rest };
}

/** @param text up to the place, with the whole of the lines before it */
export function placeIn(text: string): Place {
  const lines = text.split('\n');
  const current = readLine(lines.pop() ?? '');
  const siblings: Record<string, string> = {};
  const path: string[] = [];
  let isBeside = current.dash === undefined;
  let limit = 0;
  const enter = ({ dash, column }: Line): void => {
    if (dash !== undefined) path.unshift('[]');
    // The key of a list may stand in the same column as its dashes.
    limit = dash === undefined ? column : dash + 1;
  };
  enter(current);
  for (const above of lines.reverse()) {
    if (limit === 0 && !isBeside) break;
    if (/^\s*(?:#|$)/.test(above)) continue;
    const line = readLine(above);
    if (line.column === limit) {
      if (isBeside && line.key !== undefined) siblings[line.key] ??= line.rest;
      // The first line of the item that we are in.
      if (line.dash !== undefined) {
        isBeside = false;
        enter(line);
      }
    } else if (line.column < limit && line.key !== undefined) {
      isBeside = false;
      path.unshift(line.key);
      enter(line);
    }
  }
  return { path, key: current.key, typed: current.rest, siblings };
}
