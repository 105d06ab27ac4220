/** Two texts line by line: what one has that the other has not. Pure. */

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** Its number in the text before, counted from 1; an added line has none. */
  readonly before?: number;
  /** Its number in the text after; a removed line has none. */
  readonly after?: number;
}

/** Lines that stand together, or the number of lines between them that are the same and left out. */
export type DiffPart = { readonly kind: 'lines'; readonly lines: readonly DiffLine[] } | { readonly kind: 'gap'; readonly count: number };

/** Texts that differ in more lines than this are told as one replaced by the other: nobody reads more. */
const mostEdits = 1000;

/** A shortest way from one text to the other, by Myers (An O(ND) Difference Algorithm and Its Variations, 1986). */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const same = (from: number, to: number, shift: number): DiffLine[] => a.slice(from, to).map((text, index) => ({ kind: 'same', text, before: from + index + 1, after: from + index + 1 + shift }));
  return [...same(0, start, 0), ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end), start), ...same(a.length - end, a.length, b.length - a.length)];
}

function middle(a: readonly string[], b: readonly string[], offset: number): DiffLine[] {
  const removed = (index: number): DiffLine => ({ kind: 'removed', text: a[index] ?? '', before: offset + index + 1 });
  const added = (index: number): DiffLine => ({ kind: 'added', text: b[index] ?? '', after: offset + index + 1 });
  const steps = furthest(a, b);
  if (steps === undefined) return [...a.map((_, index) => removed(index)), ...b.map((_, index) => added(index))];
  const lines: DiffLine[] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = steps.length - 1; edits >= 0; edits -= 1) {
    const reached = steps[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const from = edits === 0 ? undefined : diagonal === -edits || (diagonal !== edits && (reached.get(diagonal - 1) ?? -1) < (reached.get(diagonal + 1) ?? -1)) ? diagonal + 1 : diagonal - 1;
    const previousX = from === undefined ? 0 : (reached.get(from) ?? 0);
    const previousY = from === undefined ? 0 : previousX - from;
    while (x > previousX && y > previousY) {
      x -= 1;
      y -= 1;
      lines.push({ kind: 'same', text: a[x] ?? '', before: offset + x + 1, after: offset + y + 1 });
    }
    if (from !== undefined) lines.push(x === previousX ? added(previousY) : removed(previousX));
    [x, y] = [previousX, previousY];
  }
  return lines.reverse();
}

/** How far each diagonal was reached before each edit; undefined where too many are needed. */
function furthest(a: readonly string[], b: readonly string[]): Map<number, number>[] | undefined {
  const steps: Map<number, number>[] = [];
  const reached = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= Math.min(a.length + b.length, mostEdits); edits += 1) {
    steps.push(new Map(reached));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = diagonal === -edits || (diagonal !== edits && (reached.get(diagonal - 1) ?? -1) < (reached.get(diagonal + 1) ?? -1));
      let x = down ? (reached.get(diagonal + 1) ?? 0) : (reached.get(diagonal - 1) ?? 0) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reached.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return steps;
    }
  }
  return undefined;
}

/** @param context lines that are the same and stand around each difference */
export function foldSame(lines: readonly DiffLine[], context = 3): DiffPart[] {
  const near = new Set<number>();
  for (const [index, { kind }] of lines.entries()) {
    if (kind !== 'same') for (let around = index - context; around <= index + context; around += 1) near.add(around);
  }
  const parts: DiffPart[] = [];
  let open: DiffLine[] = [];
  let left = 0;
  const close = (): void => {
    if (open.length > 0) parts.push({ kind: 'lines', lines: open });
    if (left > 0) parts.push({ kind: 'gap', count: left });
    [open, left] = [[], 0];
  };
  for (const [index, line] of lines.entries()) {
    if (near.has(index) ? left > 0 : open.length > 0) close();
    if (near.has(index)) open.push(line);
    else left += 1;
  }
  close();
  return parts;
}

export function countChanges(lines: readonly DiffLine[]): { readonly added: number; readonly removed: number } {
  return { added: lines.filter(({ kind }) => kind === 'added').length, removed: lines.filter(({ kind }) => kind === 'removed').length };
}

/** A line break at the end begins no line. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
