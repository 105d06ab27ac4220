/**
 * Says who an opaque token belongs to, as OpenShift's OAuth server does: Kubernetes asks it about every token that it does
 * not know itself (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../lib/identity/testing/listen';

export interface TokenOwner {
  readonly username: string;
  readonly groups?: readonly string[];
}

export interface TokenWebhook {
  readonly url: string;
  /** Owners by token; what is taken out is revoked. */
  readonly owners: Map<string, TokenOwner>;
  close(): Promise<void>;
}

export async function startTokenWebhook(): Promise<TokenWebhook> {
  const owners = new Map<string, TokenOwner>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The API server is the only one that asks.
    const { spec } = JSON.parse(await text(request)) as { spec: { token: string } };
    const owner = owners.get(spec.token);
    const status = owner === undefined ? { authenticated: false } : { authenticated: true, user: { ...owner, uid: owner.username } };
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', status }));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const { url, close } = await listen(server);
  return { url, owners, close };
}
