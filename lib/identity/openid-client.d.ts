/** What openid-client 5 has and its types leave out. */
import type { BaseClient } from 'openid-client';

declare module 'openid-client' {
  // The parameter is that of the class that this adds to.
  interface Issuer<TClient extends BaseClient> {
    /** Reads the keys that the issuer publishes, whenever they were read last. */
    reloadJwksUri(this: Issuer<TClient>): Promise<void>;
  }
}
