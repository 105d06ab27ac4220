/** What became of each part of an imported dashboard. */

import type { importOutcomes } from '../contracts/editor';

export type Outcome = (typeof importOutcomes)[number];

export interface ReportEntry {
  readonly outcome: Outcome;
  /** The part, as its author knows it: `panel "Requests"`. */
  readonly part: string;
  /** What differs now, or why it is missing; absent where nothing does. */
  readonly detail?: string;
}

export interface Report {
  readonly add: (outcome: Outcome, part: string, detail?: string) => void;
  readonly entries: readonly ReportEntry[];
}

export function createReport(): Report {
  const entries: ReportEntry[] = [];
  return { entries, add: (outcome, part, detail) => void entries.push({ outcome, part, ...(detail === undefined ? {} : { detail }) }) };
}

/** Tells about one part: what it says is noted under the part's name. */
export interface Notes {
  readonly approximated: (detail: string) => void;
  readonly leftOut: (detail: string) => void;
}

export function notesOn(report: Report, part: string): Notes {
  return { approximated: (detail) => report.add('approximated', part, detail), leftOut: (detail) => report.add('left out', part, detail) };
}
