/** What a sign-in leaves behind, as kept in the session cookie. Knows neither cookies nor the identity provider. */
import { z } from 'zod';
import type { Identity } from './identity';

/** Times are milliseconds since the epoch. */
export const sessionSchema = z.object({
  sub: z.string().min(1),
  name: z.string(),
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  /** The hint by which the provider knows whom to sign out. */
  idToken: z.string().min(1),
  expiresAt: z.number(),
  /** From when on the access token is exchanged for a fresh one. */
  refreshAt: z.number(),
  /** When the sign-in was. No refresh changes it. */
  signedInAt: z.number(),
  /** Only those that access decisions read: a cookie travels with every request. */
  claims: z.record(z.string(), z.unknown()),
});

export type Session = z.infer<typeof sessionSchema>;

export function identityOf({ sub, name, claims, accessToken, expiresAt }: Session): Identity {
  return { subject: sub, name, claims, token: accessToken, expiresAt };
}
