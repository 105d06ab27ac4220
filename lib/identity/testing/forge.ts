/** Makes JWTs that no library would make. */
import { KeyObject, createHmac, sign, type webcrypto } from 'node:crypto';

export type Json = Readonly<Record<string, unknown>>;

const encode = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token signed with RSA and SHA-256, whatever its header says. */
export function signedToken(header: Json, claims: Json, privateKey: webcrypto.CryptoKey): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), KeyObject.from(privateKey)).toString('base64url')}`;
}

/** A token signed with a shared key and SHA-256. */
export function macToken(header: Json, claims: Json, key: string): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
}

export function unsignedToken(header: Json, claims: Json, signature = ''): string {
  return `${encode(header)}.${encode(claims)}.${signature}`;
}

/** What a token says. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
}
