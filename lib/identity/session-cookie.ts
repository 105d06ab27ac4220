/**
 * The encrypted session cookie, in next-auth's own format, so that a session that next-auth opened
 * can be read and renewed where Next does not run. Knows nothing of the identity provider.
 *
 * Browsers keep 4,096 bytes a cookie; a longer value is split over `<name>.0`, `<name>.1`, …, as next-auth splits it.
 */
import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import type { Config } from '../config/schema';
import { sessionSchema, type Session } from './session';

/** next-auth 4: 4,096 bytes less 163 for an empty cookie's name and attributes. */
const chunkSize = 3933;

/** What is encrypted. When it was written is told by this server's clock, not by next-auth's. */
const sealedSchema = sessionSchema.extend({ writtenAt: z.number() });

export interface StoredSession {
  readonly session: Session;
  /** When the cookie was written, in milliseconds since the epoch. */
  readonly writtenAt: number;
  /** The cookie's value as it came, all chunks joined. */
  readonly value: string;
}

/** The payload of the cookie that next-auth encrypts at the end of a sign-in, and of those that follow. */
export function sealedPayload(session: Session, writtenAt: number): z.infer<typeof sealedSchema> {
  return { ...session, writtenAt };
}

export type SessionCookie = ReturnType<typeof createSessionCookie>;

/** Whether cookies carry `Secure` and the prefix below: next-auth is told the same. */
export function usesSecureCookies(publicUrl: string): boolean {
  return new URL(publicUrl).protocol === 'https:';
}

/**
 * Name of a cookie. Over https it has the prefix `__Host-`: browsers then accept it from this very host only, while a
 * neighbour below the same domain (on OpenShift, anyone's route) could plant any other
 * (https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-the-__host-prefix).
 */
export function cookieName(publicUrl: string, name: string): string {
  return `${usesSecureCookies(publicUrl) ? '__Host-' : ''}next-auth.${name}`;
}

/** @param now milliseconds since the epoch */
export function createSessionCookie(config: Pick<Config, 'publicUrl' | 'session' | 'sessionSecret'>, now: () => number) {
  const secure = usesSecureCookies(config.publicUrl);
  const name = cookieName(config.publicUrl, 'session-token');
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

  const clear = (names: Iterable<string>): string[] => [...names].map((stale) => `${stale}=; Max-Age=0${attributes}`);

  return {
    /**
     * The session of a request, or undefined when there is none, this server did not write it, or it has ended: by not
     * being used, or by its age.
     *
     * @param cookieHeader the request's `Cookie` header
     */
    async read(cookieHeader: string | null): Promise<StoredSession | undefined> {
      const value = join(sessionCookies(cookieHeader, name), name);
      if (value === undefined) {
        return undefined;
      }
      // A value that cannot be decrypted is a visitor's or an attacker's; to them it is the same as none.
      const payload = await decode({ token: value, secret: config.sessionSecret }).catch(() => null);
      const sealed = sealedSchema.safeParse(payload);
      if (!sealed.success) {
        return undefined;
      }
      const { writtenAt, ...session } = sealed.data;
      const ended = now() >= Math.min(writtenAt + config.session.idle, session.signedInAt + config.session.absolute);
      return ended ? undefined : { session, writtenAt, value };
    },

    /** Encrypts a session into a cookie value; its lifetime starts now. */
    async seal(session: Session): Promise<string> {
      return encode({ token: sealedPayload(session, now()), secret: config.sessionSecret, maxAge: Math.floor(config.session.idle / 1000) });
    },

    /** `Set-Cookie` values that store a sealed session and delete the chunks of the request's cookie that it does not need. */
    write(value: string, cookieHeader: string | null): string[] {
      const chunks = value.match(new RegExp(`.{1,${chunkSize}}`, 'g')) ?? [];
      const named = new Map(chunks.map((chunk, index) => [chunks.length === 1 ? name : `${name}.${index}`, chunk]));
      const stale = [...sessionCookies(cookieHeader, name).keys()].filter((key) => !named.has(key));
      const expires = new Date(now() + config.session.idle).toUTCString();
      return [...clear(stale), ...[...named].map(([key, chunk]) => `${key}=${chunk}; Expires=${expires}${attributes}`)];
    },

    /** `Set-Cookie` values that delete the session of a request. */
    clear: (cookieHeader: string | null): string[] => clear(sessionCookies(cookieHeader, name).keys()),
  };
}

/** The session cookie and its chunks, by name. Where a name comes twice the first counts: browsers send the most specific path first. */
function sessionCookies(cookieHeader: string | null, name: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const pair of cookieHeader?.split(';') ?? []) {
    const [key = '', value = ''] = pair.trim().split('=', 2);
    const isOurs = key === name || (key.startsWith(`${name}.`) && /^\d{1,2}$/.test(key.slice(name.length + 1)));
    if (isOurs && !found.has(key)) {
      found.set(key, value);
    }
  }
  return found;
}

/** The value that the chunks make together; undefined when there is none, or when they cannot belong together. */
function join(cookies: ReadonlyMap<string, string>, name: string): string | undefined {
  const whole = cookies.get(name);
  if (whole !== undefined) {
    return cookies.size === 1 ? whole : undefined;
  }
  const chunks = Array.from({ length: cookies.size }, (_, index) => cookies.get(`${name}.${index}`));
  return chunks.length === 0 || chunks.includes(undefined) ? undefined : chunks.join('');
}
