/**
 * What the page keeps of a view until it is left, signed: any replica can tell who opened what and when, and nobody can
 * make one up. Knows neither requests nor records.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';

const viewSchema = z.object({
  view: z.string(),
  subject: z.string(),
  project: z.string(),
  dashboard: z.string(),
  namespaces: z.array(z.string()),
  unlimited: z.boolean(),
  /** In milliseconds since the epoch. */
  start: z.number(),
});

export type View = z.infer<typeof viewSchema>;

export interface ViewTokens {
  readonly issue: (view: View) => string;
  /** The view of a token, or undefined when this app did not issue it. */
  readonly read: (token: string) => View | undefined;
}

/** @param secret key material that every replica has */
export function createViewTokens(secret: string): ViewTokens {
  // A key of its own: a token must never be good for anything else that is made with the secret.
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'odh-observability view token', 32));
  const sign = (content: string): Buffer => createHmac('sha256', key).update(content).digest();

  return {
    issue(view) {
      // Compressed, because a page that is being closed can send 64 KiB at most (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
      const content = deflateRawSync(JSON.stringify(view)).toString('base64url');
      return `${content}.${sign(content).toString('base64url')}`;
    },
    read(token) {
      const [content = '', signature = ''] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(content);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
        return undefined;
      }
      // Ours, so neither a bomb nor broken.
      return viewSchema.parse(JSON.parse(inflateRawSync(Buffer.from(content, 'base64url')).toString('utf8')));
    },
  };
}
