/** Secrets of the demo: made once, kept in the state folder, readable by its owner only. */
import { generateKeyPairSync, randomBytes, type JsonWebKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Secrets {
  readonly sessionSecret: string;
  readonly clientSecret: string;
  /** The identity provider's private signing key. */
  readonly signingKey: JsonWebKey;
}

export async function ensureSecrets(stateDirectory: string): Promise<Secrets> {
  const file = join(stateDirectory, 'secrets.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  // This function wrote it; JSON.parse cannot know.
  if (text !== undefined) return JSON.parse(text) as Secrets;
  const secrets: Secrets = {
    sessionSecret: randomBytes(32).toString('base64url'),
    clientSecret: randomBytes(32).toString('base64url'),
    signingKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  };
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
