/**
 * What a metrics backend is asked with. One rule: the credential that the datasource names, or none at all. Nothing here
 * falls back to another one, which could see more than the caller may.
 */
import type { DatasourceConfig } from '../config/schema';
import { AppError } from '../errors/app-error';
import type { Identity } from '../identity/identity';
import { createExchangedTokens } from './exchanged-tokens';
import type { ExchangeToken } from './token-exchange';

/**
 * Value of the `Authorization` header for a datasource; undefined for none.
 *
 * @param identity on whose behalf; undefined for the app's own requests, which never carry a caller's credential
 * @param refused a value that the backend did not accept: resolves with another one, or undefined when there is none
 * @throws AppError `ERR_AUTH_003` when the caller's token could not be exchanged, `ERR_DATA_001` when the app's own cannot be read
 */
export type Credential = (identity: Identity | undefined, datasource: DatasourceConfig, refused?: string) => Promise<string | undefined>;

export interface CredentialDependencies {
  readonly exchange: ExchangeToken;
  /** Reads a text file. */
  readonly readFile: (path: string) => Promise<string>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Whether a datasource is asked with a credential of the person who asks, so that its answers depend on who that is. */
export function asksAsCaller({ credential }: Pick<DatasourceConfig, 'credential'>): boolean {
  return credential.type === 'user-token' || credential.type === 'token-exchange';
}

export function createCredential({ exchange, readFile, now }: CredentialDependencies): Credential {
  const exchangedToken = createExchangedTokens({ exchange, now });

  return async (identity, { name, credential }, refused) => {
    switch (credential.type) {
      case 'none':
        return undefined;
      case 'service-account':
        return other(bearer(await accountToken(readFile, credential.tokenFile)), refused);
      case 'user-token':
        return identity && other(bearer(identity.token), refused);
      case 'token-exchange': {
        const token = identity && (await exchangedToken(identity, { datasource: name, ...credential }, refused?.slice(scheme.length)));
        return token === undefined ? undefined : bearer(token);
      }
    }
  };
}

const scheme = 'Bearer ';

function bearer(token: string): string {
  return scheme + token;
}

function other(value: string, refused: string | undefined): string | undefined {
  return value === refused ? undefined : value;
}

/** The token of a Kubernetes service account. The file changes about once an hour, long before the token in it expires. */
async function accountToken(readFile: CredentialDependencies['readFile'], path: string): Promise<string> {
  try {
    const token = (await readFile(path)).trim();
    if (token === '') throw new Error(`${path} is empty`);
    return token;
  } catch (cause) {
    throw new AppError('ERR_DATA_001', { cause });
  }
}
