/**
 * The chain that records hang on: each holds the hash of the one before it, and a hash over itself. Text in, text out;
 * knows neither events nor files.
 *
 * A record is one line. Its hash covers the line's own bytes without the last member, `,"hash":"…"`, so that anyone can
 * check it with standard tools. With a key it is HMAC-SHA-256 (RFC 2104): whoever can rewrite the lines can compute
 * plain hashes anew, but not these.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';

/** `previous` of a chain's first record. */
export const noHash = '0'.repeat(64);

const hashMember = /,"hash":"([0-9a-f]{64})"\}$/;

const linkSchema = z.object({
  time: z.string(),
  event: z.string(),
  chain: z.string().min(1),
  seq: z.int().positive(),
  seal: z.enum(['sha256', 'hmac-sha256']),
  previous: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A record's place in its chain. */
export interface Link extends z.infer<typeof linkSchema> {
  readonly hash: string;
}

/** What the next record needs to know of the last one. */
export type ChainState = Pick<Link, 'chain' | 'seq' | 'hash' | 'seal'>;

export function newChain(key: string | undefined, id: string = randomUUID()): ChainState {
  return { chain: id, seq: 0, hash: noHash, seal: sealOf(key) };
}

/** How records are sealed: with a key where there is one. */
export function sealOf(key: string | undefined): Link['seal'] {
  return key === undefined ? 'sha256' : 'hmac-sha256';
}

/**
 * Hangs a record on the chain.
 *
 * @param body the record's own members as a JSON object's text, with at least one member
 * @returns the line without its line feed, and the state for the next one
 */
export function seal(body: string, { chain, seq, hash: previous, seal: kind }: ChainState, key: string | undefined): { line: string; state: ChainState } {
  const link = JSON.stringify({ chain, seq: seq + 1, seal: kind, previous });
  const open = `${body.slice(0, -1)},${link.slice(1, -1)}`;
  const hash = hashOf(`${open}}`, key);
  return { line: `${open},"hash":"${hash}"}`, state: { chain, seq: seq + 1, hash, seal: kind } };
}

export type ReadLine =
  | { readonly kind: 'record'; readonly link: Link; readonly intact: boolean }
  /** A line of another log: JSON, but without a place in a chain. */
  | { readonly kind: 'other' }
  /** No JSON, or a record with a broken place. */
  | { readonly kind: 'unreadable' };

/**
 * Reads a line. A record is intact when its hash is the one of its bytes.
 *
 * @param key as it was when the record was written; a record sealed without it is not intact
 */
export function readLine(line: string, key: string | undefined): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'unreadable' };
  }
  if (typeof value !== 'object' || value === null || !['chain', 'seq', 'previous', 'hash'].some((name) => name in value)) {
    return { kind: 'other' };
  }
  const link = linkSchema.safeParse(value);
  const hash = hashMember.exec(line)?.[1];
  if (!link.success || hash === undefined) {
    return { kind: 'unreadable' };
  }
  const intact = link.data.seal === sealOf(key) && hashOf(line.replace(hashMember, '}'), key) === hash;
  return { kind: 'record', link: { ...link.data, hash }, intact };
}

function hashOf(text: string, key: string | undefined): string {
  return (key === undefined ? createHash('sha256') : createHmac('sha256', key)).update(text).digest('hex');
}
