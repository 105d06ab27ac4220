/**
 * The app as a client of its OpenID Connect provider: found once, used by everything that talks to the provider. Knows
 * neither sessions nor what the tokens are for.
 *
 * Errors that may leave the modules that use it hold no token: openid-client's own carry the one they were raised for.
 */
import { Issuer, custom, errors, type BaseClient } from 'openid-client';
import type { Config } from '../config/schema';

/** Providers that just started answer slower than openid-client's default of 3.5 s. */
export const providerTimeout = 10_000;

const clockToleranceSeconds = 10;

/** The client with the provider's endpoints and keys. */
export type OidcClient = () => Promise<BaseClient>;

export function wellKnownUrl(issuer: string): string {
  return `${issuer}/.well-known/openid-configuration`;
}

export interface OidcClientConfig {
  readonly identity: Pick<Config['identity'], 'issuer' | 'clientId'>;
  readonly clientSecret: string;
}

/** Creates a function that reads the provider's discovery document when it is first called, and keeps it for the life of the process. */
export function createOidcClient(config: OidcClientConfig): OidcClient {
  custom.setHttpOptionsDefaults({ timeout: providerTimeout });
  let discovered: Promise<BaseClient> | undefined;
  return () => {
    discovered ??= discover(config).catch((error: unknown) => {
      discovered = undefined;
      throw withoutToken(error);
    });
    return discovered;
  };
}

async function discover({ identity, clientSecret }: OidcClientConfig): Promise<BaseClient> {
  const issuer = await Issuer.discover(wellKnownUrl(identity.issuer));
  // OpenID Connect Discovery 1.0 section 4.3. Some issuers end with a slash, which the configuration drops.
  if (issuer.metadata.issuer.replace(/\/$/, '') !== identity.issuer) {
    throw new Error(`the provider at ${identity.issuer} says that it is ${issuer.metadata.issuer}`);
  }
  const oidc = new issuer.Client({ client_id: identity.clientId, client_secret: clientSecret });
  oidc[custom.clock_tolerance] = clockToleranceSeconds;
  return oidc;
}

export function withoutToken(error: unknown): unknown {
  return error instanceof errors.OPError || error instanceof errors.RPError ? new Error(`identity provider: ${error.message}`) : error;
}
