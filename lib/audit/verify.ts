/**
 * Checks records against their chains: which one was altered, removed, moved or added, and where. Lines in, findings out;
 * knows no files beyond their names.
 */
import { noHash, readLine, sealOf, type Link } from './chain';

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface Finding extends Place {
  /** `torn` is what a crash leaves behind; every other kind means that someone changed the records. */
  readonly kind: 'altered' | 'removed' | 'reordered' | 'duplicated' | 'replaced' | 'torn';
  readonly text: string;
}

export interface ChainSummary {
  readonly chain: string;
  readonly records: number;
  readonly first: number;
  readonly last: number;
  /** Hash of the last record: kept elsewhere, it shows later whether the end is still there. */
  readonly head: string;
}

export interface Verifier {
  /** Takes one line after the other, in the order in which they were written. */
  readonly take: (text: string, place: Place) => void;
  /** What was found. To be called once, after the last line. */
  readonly finish: () => { readonly findings: readonly Finding[]; readonly chains: readonly ChainSummary[]; readonly otherLines: number };
}

interface Gap {
  from: number;
  to: number;
  readonly before: Place;
}

interface Chain {
  readonly first: number;
  records: number;
  last: number;
  head: string;
  /** Hash that the next record must name; undefined after a record whose own hash cannot be relied on. */
  expected: string | undefined;
  /** Numbers that have not come yet. */
  gaps: Gap[];
}

/** @param key as in the configuration of the app, when records are sealed with one */
export function createVerifier(key: string | undefined): Verifier {
  const chains = new Map<string, Chain>();
  const findings: Finding[] = [];
  let otherLines = 0;
  let latest: string | undefined;

  const find = (kind: Finding['kind'], place: Place, text: string): void => void findings.push({ ...place, kind, text });

  /** The first record that is here need not be the chain's first: older files may have been deleted, as configured. */
  function begin(link: Link, place: Place): Chain {
    if (link.seq === 1 && (link.previous !== noHash || link.event !== 'chain_start')) {
      find('replaced', place, `record 1 of chain ${link.chain} is no beginning of a chain`);
    }
    const chain: Chain = { first: link.seq, records: 0, last: link.seq - 1, head: '', expected: undefined, gaps: [] };
    chains.set(link.chain, chain);
    return chain;
  }

  function takeAltered(link: Link, place: Place): void {
    find('altered', place, `record ${link.seq} (${link.event}, ${link.time}) ${link.seal === sealOf(key) ? 'is not as it was written' : sealMismatch(key)}`);
    // Nothing of it can be relied on, its place included; it counts as the one that is due here.
    const chain = chains.get(link.chain) ?? (latest === undefined ? undefined : chains.get(latest)) ?? begin(link, place);
    chain.records += 1;
    chain.last += 1;
    chain.expected = undefined;
  }

  function takeLate(chain: Chain, link: Link, place: Place): void {
    const gap = chain.gaps.find(({ from, to }) => link.seq >= from && link.seq <= to);
    if (gap === undefined) {
      find('duplicated', place, `record ${link.seq} is here again`);
      return;
    }
    find('reordered', place, `record ${link.seq} belongs before ${gap.before.file}:${gap.before.line}`);
    chain.records += 1;
    chain.gaps = chain.gaps.flatMap((other) =>
      other === gap
        ? [
            { ...gap, to: link.seq - 1 },
            { ...gap, from: link.seq + 1 },
          ].filter(({ from, to }) => from <= to)
        : [other],
    );
  }

  function takeRecord(link: Link, place: Place): void {
    const chain = chains.get(link.chain) ?? begin(link, place);
    latest = link.chain;
    if (link.seq <= chain.last) {
      takeLate(chain, link, place);
      return;
    }
    if (link.seq > chain.last + 1) {
      chain.gaps.push({ from: chain.last + 1, to: link.seq - 1, before: place });
    } else if (chain.expected !== undefined && link.previous !== chain.expected) {
      find('replaced', place, `record ${link.seq} does not follow the record before it: one of the two was written anew`);
    }
    chain.records += 1;
    chain.last = link.seq;
    chain.head = link.hash;
    chain.expected = link.hash;
  }

  return {
    take(text, place) {
      const read = readLine(text, key);
      if (read.kind === 'other' || text === '') {
        otherLines += 1;
      } else if (read.kind === 'unreadable') {
        find('torn', place, 'the line is no complete record: a write was cut off');
      } else if (read.intact) {
        takeRecord(read.link, place);
      } else {
        takeAltered(read.link, place);
      }
    },
    finish() {
      for (const { gaps } of chains.values()) {
        for (const { from, to, before } of gaps) {
          find('removed', before, from === to ? `record ${from} is missing before this line` : `records ${from} to ${to} are missing before this line`);
        }
      }
      return {
        findings,
        chains: [...chains].map(([chain, { records, first, last, head }]) => ({ chain, records, first, last, head })),
        otherLines,
      };
    },
  };
}

function sealMismatch(key: string | undefined): string {
  return key === undefined ? 'is sealed with a key, and none was given' : 'is not sealed with the key';
}
