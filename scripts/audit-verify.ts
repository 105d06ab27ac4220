/**
 * `npm run audit:verify <file…>`: checks audit records, those of rotated files together with the current one, in any
 * order. With `OBSERVABILITY_AUDIT_KEY` in the environment it checks their seals with that key.
 *
 * Ends with 0 when every record is in place, 1 when one is not, 2 when all that is wrong are lines cut off in a write, 64
 * when it could not be asked that way.
 */
import { createReadStream } from 'node:fs';
import { readLine } from '../lib/audit/chain';
import { createVerifier } from '../lib/audit/verify';

const key = process.env.OBSERVABILITY_AUDIT_KEY;

/** Lines end at a line feed and nowhere else; a carriage return would be someone's addition. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

interface Start {
  file: string;
  chain: string;
  time: string;
  seq: number;
}

/** Where a file begins, by its first record. */
async function startOf(file: string): Promise<Start> {
  for await (const line of linesOf(file)) {
    const read = readLine(line, key);
    if (read.kind === 'record') return { file, ...read.link };
  }
  return { file, chain: '', time: '', seq: 0 };
}

/** Files in the order in which they were written: by number within a chain, chains by time. */
function inOrder(starts: Start[]): string[] {
  const begun = new Map<string, string>();
  for (const { chain, time } of starts) {
    const earliest = begun.get(chain);
    if (earliest === undefined || time < earliest) begun.set(chain, time);
  }
  const chainTime = ({ chain }: Start): string => begun.get(chain) ?? '';
  return [...starts].sort((a, b) => chainTime(a).localeCompare(chainTime(b)) || a.seq - b.seq).map(({ file }) => file);
}

async function verify(files: string[]): Promise<number> {
  const verifier = createVerifier(key);
  for (const file of inOrder(await Promise.all(files.map(startOf)))) {
    let line = 0;
    for await (const text of linesOf(file)) verifier.take(text, { file, line: (line += 1) });
  }
  const { findings, chains, otherLines } = verifier.finish();
  for (const { file, line, kind, text } of findings) console.log(`${file}:${line}: ${kind}: ${text}`);
  for (const { chain, records, first, last, head } of chains) {
    const older = first === 1 ? '' : `, older ones are not in these files`;
    console.log(`chain ${chain}: ${records} records, ${first} to ${last}${older}; last hash ${head}`);
  }
  if (otherLines > 0) console.log(`${otherLines} lines of other logs left aside`);
  if (chains.length === 0) {
    console.log('There are no audit records in these files.');
    return 1;
  }
  if (findings.length === 0) {
    console.log(`Every record is as it was written, and in its place${key === undefined ? ' (checked without a key)' : ''}.`);
    return 0;
  }
  const torn = findings.every(({ kind }) => kind === 'torn');
  console.log(torn ? 'All records are in their place, but a write was cut off; what it held beyond them is lost.' : 'These records are not what was written.');
  return torn ? 2 : 1;
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Usage: npm run audit:verify <file…>');
  process.exitCode = 64;
} else {
  try {
    process.exitCode = await verify(files);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 64;
  }
}
