/** What the provider's process is told by the process that starts it, in a file: it holds secrets. */
import type { JsonWebKey } from 'node:crypto';

/** Audience of access tokens, which the app accepts. */
export const apiAudience = 'urn:odh-observability:api';

export interface ProviderSettings {
  readonly port: number;
  readonly issuer: string;
  readonly appUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Hosts that embed the app, which sign in with a public client of their own. */
  readonly hostUrls: readonly string[];
  readonly accessTokenSeconds: number;
  /** Audiences for which the app may exchange people's access tokens. */
  readonly exchangeAudiences: readonly string[];
  /** Private signing key. */
  readonly signingKey: JsonWebKey;
}
