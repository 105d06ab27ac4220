import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newChain, seal } from './chain';
import { findingsOf, sealedLines } from './testing/records';
import { createVerifier } from './verify';

const key = 'k'.repeat(32);
const people = ['ada', 'ben', 'cleo', 'dan'];
const lines = sealedLines(people);

/** The lines after someone changed them. */
const changed = (change: (copy: string[]) => void): string[] => {
  const copy = [...lines];
  change(copy);
  return copy;
};
const at = (index: number): string => lines[index] ?? '';

/** What someone who knows the format, but not the key, would do: change a record and compute its hash anew. */
function forge(line: string, from: string, to: string): string {
  const body = line.replace(/,"hash":"[0-9a-f]{64}"\}$/, '}').replace(from, to);
  return `${body.slice(0, -1)},"hash":"${createHash('sha256').update(body).digest('hex')}"}`;
}

describe('records as they were written', () => {
  it('are found to be in place, with the head that later ends can be compared with', () => {
    const verifier = createVerifier(undefined);
    lines.forEach((line, index) => verifier.take(line, { file: 'f', line: index + 1 }));
    const head = /"hash":"([0-9a-f]{64})"\}$/.exec(at(4))?.[1];
    expect(verifier.finish()).toEqual({ findings: [], otherLines: 0, chains: [{ chain: 'c1', records: 5, first: 1, last: 5, head }] });
  });

  it('can be checked with standard tools: the hash is over the line without its last member', () => {
    const body = at(2).replace(/,"hash":"[0-9a-f]{64}"\}$/, '}');
    expect(at(2)).toContain(`"hash":"${createHash('sha256').update(body).digest('hex')}"`);
    expect(at(2)).toContain(`"previous":"${/"hash":"([0-9a-f]+)"/.exec(at(1))?.[1] ?? 'none'}"`);
    const keyed = sealedLines(people, key)[2] ?? '';
    const keyedBody = keyed.replace(/,"hash":"[0-9a-f]{64}"\}$/, '}');
    expect(keyed).toContain(`"hash":"${createHmac('sha256', key).update(keyedBody).digest('hex')}"`);
  });

  it('may stand among lines of another log', () => {
    expect(findingsOf(changed((copy) => copy.splice(2, 0, '{"level":"info","msg":"request"}')))).toEqual([]);
  });

  it('may begin in the middle of a chain, when older files were deleted as configured', () => {
    expect(findingsOf(lines.slice(2))).toEqual([]);
  });

  it('may be those of several processes in one collected log', () => {
    let state = newChain(undefined, 'c2');
    const other = ['chain_start', 'sign_out'].map((event) => {
      const sealed = seal(JSON.stringify({ time: '1970-01-01T00:00:00.000Z', event }), state, undefined);
      state = sealed.state;
      return sealed.line;
    });
    expect(findingsOf([at(0), other[0] ?? '', at(1), at(2), other[1] ?? '', at(3), at(4)])).toEqual([]);
  });
});

describe('someone who can write to the file', () => {
  it.each<[string, string[], string[]]>([
    ['alters a subject', changed((copy) => (copy[2] = at(2).replace('"ben"', '"eve"'))), ['3 altered: record 3 (sign_in, 1970-01-01T00:00:02.000Z) is not as it was written']],
    ['alters a time', changed((copy) => (copy[2] = at(2).replace('00:00:02', '00:00:01'))), ['3 altered: record 3 (sign_in, 1970-01-01T00:00:01.000Z) is not as it was written']],
    ['alters only a space', changed((copy) => (copy[2] = at(2).replace('":"ben"', '": "ben"'))), ['3 altered: record 3 (sign_in, 1970-01-01T00:00:02.000Z) is not as it was written']],
    ['adds a second subject', changed((copy) => (copy[2] = at(2).replace('{', '{"subject":"eve",'))), ['3 altered: record 3 (sign_in, 1970-01-01T00:00:02.000Z) is not as it was written']],
    ['alters the last record', changed((copy) => (copy[4] = at(4).replace('"dan"', '"eve"'))), ['5 altered: record 5 (sign_in, 1970-01-01T00:00:04.000Z) is not as it was written']],
    ['alters a number', changed((copy) => (copy[2] = at(2).replace('"seq":3', '"seq":9'))), ['3 altered: record 9 (sign_in, 1970-01-01T00:00:02.000Z) is not as it was written']],
    ['alters a hash', changed((copy) => (copy[2] = at(2).replace(/"hash":".{64}"/, `"hash":"${'a'.repeat(64)}"`))), ['3 altered: record 3 (sign_in, 1970-01-01T00:00:02.000Z) is not as it was written']],
    ['alters a record and computes its hash anew', changed((copy) => (copy[2] = forge(at(2), 'ben', 'eve'))), ['4 replaced: record 4 does not follow the record before it: one of the two was written anew']],
    ['removes a record', changed((copy) => copy.splice(2, 1)), ['3 removed: record 3 is missing before this line']],
    ['removes several', changed((copy) => copy.splice(1, 3)), ['2 removed: records 2 to 4 are missing before this line']],
    ['overwrites a record with something else', changed((copy) => (copy[2] = '{}')), ['4 removed: record 3 is missing before this line']],
    ['swaps two records', changed((copy) => copy.splice(1, 2, at(2), at(1))), ['3 reordered: record 2 belongs before f:2']],
    ['moves a record to the end', changed((copy) => copy.push(...copy.splice(1, 1))), ['5 reordered: record 2 belongs before f:2']],
    ['repeats a record', changed((copy) => copy.splice(3, 0, at(2))), ['4 duplicated: record 3 is here again']],
    ['puts another beginning in front', [forge(at(1), '"seq":2', '"seq":1'), ...lines.slice(1)], ['1 replaced: record 1 of chain c1 is no beginning of a chain', '2 replaced: record 2 does not follow the record before it: one of the two was written anew']],
  ])('%s, and it shows', (_, tampered, expected) => {
    expect(findingsOf(tampered)).toEqual(expected);
  });

  it('can write everything anew where there is no key, and cannot where there is one', () => {
    const rewritten = sealedLines(['ada', 'eve']);
    expect(findingsOf(rewritten)).toEqual([]);
    expect(findingsOf(rewritten, key)).toEqual([
      '1 altered: record 1 (chain_start, 1970-01-01T00:00:00.000Z) is not sealed with the key',
      '2 altered: record 2 (sign_in, 1970-01-01T00:00:01.000Z) is not sealed with the key',
      '3 altered: record 3 (sign_in, 1970-01-01T00:00:02.000Z) is not sealed with the key',
    ]);
    expect(findingsOf(sealedLines(['ada', 'eve'], 'another key'), key)[0]).toContain('is not as it was written');
    expect(findingsOf(sealedLines(people, key), key)).toEqual([]);
  });
});

describe('a crash', () => {
  it('leaves a cut line, which is told apart from a change', () => {
    expect(findingsOf([...lines.slice(0, 4), at(4).slice(0, 40)])).toEqual(['5 torn: the line is no complete record: a write was cut off']);
  });

  it('leaves a cut line that the next start writes behind', () => {
    expect(findingsOf(changed((copy) => copy.splice(3, 0, at(3).slice(0, 40))))).toEqual(['4 torn: the line is no complete record: a write was cut off']);
  });
});
