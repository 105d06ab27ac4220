/**
 * What a query asks of Prometheus beyond its own start, end and step: ranges, offsets and subqueries. Counts before
 * anything is evaluated, from the text alone; how many series there are, and samples in them, it does not know.
 */
import { durationMilliseconds } from '../contracts/notation';
import { PromqlRefusal } from './refusal';
import { syntax, type SyntaxNode } from './tree';

export interface CostLimits {
  /** Longest range, subquery range and offset, in milliseconds. */
  readonly range: number;
  /** Points at which subqueries are evaluated. */
  readonly subqueryPoints: number;
  /** What range selectors read over all points, in milliseconds: each point reads the whole range anew. */
  readonly windowTime: number;
}

/** The moments at which a query is evaluated. */
export interface Evaluation {
  readonly points: number;
  /** From the first to the last, in milliseconds. */
  readonly range: number;
}

export const instant: Evaluation = { points: 1, range: 0 };

/** Prometheus takes its evaluation interval for a step that is not given; this is that interval's default. */
const defaultStep = 60_000;

/** A place in a tree that is walked. */
interface Place {
  readonly name: string;
  readonly node: SyntaxNode;
}

export interface Meter {
  readonly enter: (place: Place) => void;
  readonly leave: (place: Place) => void;
  /** To be called once the whole tree was walked. */
  readonly finish: () => void;
}

interface Subquery extends Evaluation {
  selectors: number;
}

/** Measures a query while its tree is walked; every function throws PromqlRefusal for what exceeds a limit. */
export function createMeter(query: string, limits: CostLimits, evaluation: Evaluation): Meter {
  const open: Subquery[] = [];
  let total = 0;
  let windows = 0;

  const assertRange = (what: string, milliseconds: number): void => {
    if (milliseconds > limits.range) {
      throw new PromqlRefusal('too-large', `${what} in the query is ${milliseconds / 1000} s; ${limits.range / 1000} s are allowed.`);
    }
  };
  const readRange = (what: string, node: SyntaxNode): number => {
    const milliseconds = aboveZero(readDuration(query, node), node);
    assertRange(what, milliseconds);
    return milliseconds;
  };

  return {
    enter(place) {
      if (place.name === 'VectorSelector') {
        const subquery = open.at(-1);
        if (subquery) subquery.selectors += 1;
      } else if (place.name === 'MatrixSelector') {
        const { points } = open.at(-1) ?? evaluation;
        for (const duration of place.node.getChildren('DurationExpr')) windows += points * readRange('A range', duration);
      } else if (place.name === 'OffsetExpr') {
        for (const duration of place.node.getChildren('OffsetDurationExpr')) assertRange('An offset', readDuration(query, withoutSign(duration)));
      } else if (place.name === 'SubqueryExpr') {
        const [rangeNode, stepNode] = place.node.getChildren('DurationExpr');
        if (rangeNode === undefined) throw syntax(place.node.from, 'a subquery without a range');
        const range = readRange('The range of a subquery', rangeNode);
        const step = stepNode === undefined ? defaultStep : aboveZero(readDuration(query, stepNode), stepNode);
        open.push({ ...inside(open.at(-1) ?? evaluation, range, step), selectors: 0 });
      }
    },
    leave(place) {
      if (place.name !== 'SubqueryExpr') return;
      const subquery = open.pop();
      if (subquery) total += subquery.points * Math.max(1, subquery.selectors);
    },
    finish() {
      if (total > limits.subqueryPoints) {
        throw new PromqlRefusal('too-large', `The subqueries ask for ${total} points; ${limits.subqueryPoints} are allowed.`);
      }
      if (windows > limits.windowTime) {
        throw new PromqlRefusal('too-large', `The ranges in the query times its points are ${days(windows)} days; ${days(limits.windowTime)} are allowed.`);
      }
    },
  };
}

const days = (milliseconds: number): number => Math.ceil(milliseconds / 86_400_000);

/**
 * Where a subquery is evaluated. Each point outside reads `range / step` of them; but Prometheus evaluates from the
 * first that is read to the last without a gap, so points that lie far apart cost what is between them.
 */
function inside(outside: Evaluation, range: number, step: number): Evaluation {
  const total = outside.range + range;
  return { points: Math.max(outside.points * Math.ceil(range / step), Math.ceil(total / step)), range: total };
}

/** A sign only turns the direction of an offset. */
function withoutSign(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.firstChild?.name === 'UnaryOp' && inner.lastChild?.name === 'OffsetDurationExpr') inner = inner.lastChild;
  return inner;
}

/**
 * The value of a duration that is a single literal, in whole milliseconds, as Prometheus rounds it.
 *
 * Durations that have to be computed are an experiment of Prometheus's, with values that only the evaluation knows.
 */
function readDuration(query: string, node: SyntaxNode): number {
  const literal = node.firstChild;
  // A parenthesis has no node of its own, but its place.
  const alone = literal?.name === 'NumberDurationLiteralInDurationContext' && literal.from === node.from && literal.to === node.to;
  const milliseconds = alone ? parseLiteral(query.slice(node.from, node.to)) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new PromqlRefusal('unknown', `The duration at character ${node.from + 1} is not supported; write it as a single one, such as 5m or 1h30m.`);
  }
  return Math.floor(milliseconds);
}

/** A literal that the grammar accepts: `1h30m`, or a number of seconds. NaN for what is neither. */
function parseLiteral(text: string): number {
  if (/^(?:\d+(?:ms|[ywdhms]))+$/.test(text)) {
    return durationMilliseconds(text);
  }
  const digits = text.replaceAll('_', '');
  // Octal for Prometheus, decimal for JavaScript.
  return /^0\d+$/.test(digits) ? Number.NaN : Number(digits) * 1000;
}

function aboveZero(milliseconds: number, node: SyntaxNode): number {
  if (milliseconds < 1) throw syntax(node.from, 'a range or step that is not above zero');
  return milliseconds;
}
