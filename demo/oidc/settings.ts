/** What the provider's process is told by the process that starts it, in a file: it holds secrets. */
import type { JsonWebKey } from 'node:crypto';

export interface ProviderSettings {
  readonly port: number;
  readonly issuer: string;
  readonly appUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accessTokenSeconds: number;
  /** Private signing key. */
  readonly signingKey: JsonWebKey;
}
