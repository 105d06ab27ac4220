/** Keycloak's admin REST API, as far as an administrator in these tests uses it. Knows no realm in particular. */

export interface KeycloakAdmin {
  /**
   * One call below `/admin`, as the bootstrap administrator; a body makes it a POST where `method` says nothing else.
   *
   * @returns the parsed answer, undefined where it is empty
   * @throws Error with Keycloak's own words when it refuses
   */
  call(path: string, options?: { readonly method?: string; readonly body?: unknown }): Promise<unknown>;
}

export interface AdminCredentials {
  readonly username: string;
  readonly password: string;
}

export function createAdmin(url: string, { username, password }: AdminCredentials): KeycloakAdmin {
  /** A new one each time: they live for a minute, and calls are few. */
  async function token(): Promise<string> {
    const response = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'admin-cli', grant_type: 'password', username, password }),
    });
    if (!response.ok) throw new Error(`Keycloak gave the administrator no token: ${response.status} ${await response.text()}`);
    // RFC 6749 section 5.1.
    return ((await response.json()) as { access_token: string }).access_token;
  }

  return {
    async call(path, { body, method = body === undefined ? 'GET' : 'POST' } = {}) {
      const response = await fetch(`${url}/admin${path}`, {
        method,
        headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} at Keycloak: ${response.status} ${text}`);
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
  };
}
