/** What the pages of the demo's provider set on a response, beside what lib/identity/testing/oidc-provider.d.ts declares. */
declare module 'oidc-provider' {
  interface KoaContext {
    type: string;
    set(header: string, value: string): void;
  }
}
