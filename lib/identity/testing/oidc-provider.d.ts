/** The part of `oidc-provider` that tests use; the package has no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export interface KoaContext {
    readonly oidc: {
      readonly provider: Provider;
      readonly client: { readonly clientId: string; grantTypeAllowed(type: string): boolean };
      readonly session: { readonly accountId: string };
      readonly params: { readonly scope: string; readonly [name: string]: string | undefined };
    };
    body: unknown;
  }

  export const errors: {
    readonly InvalidRequest: new (description: string) => Error;
    readonly InvalidTarget: new (description: string) => Error;
  };

  export default class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>);
    readonly Grant: new (properties: { accountId: string; clientId: string }) => Grant;
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<{ readonly params: Readonly<Record<string, unknown>> }>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: Readonly<Record<string, unknown>>): Promise<void>;
    registerGrantType(name: string, handler: (context: KoaContext) => Promise<void>, parameters: readonly string[]): void;
    on(event: string, listener: (...parameters: readonly unknown[]) => void): this;
  }
}
